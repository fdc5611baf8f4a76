"""Prefect's own environment, set before Prefect is imported: quiet, local, nothing sent anywhere.

What the user has set wins. Both telemetry switches are needed: one is the client's, one the server's.
"""

from __future__ import annotations

import os
from pathlib import Path

_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The embedded server needs 15 to 20 seconds to start on a small machine, and the default gives up at 20.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}


def prepare(home: Path) -> None:
    """Set what is not set; Prefect keeps its own database in ``home``."""
    for name, value in (_DEFAULTS | {"PREFECT_HOME": str(home.absolute())}).items():
        os.environ.setdefault(name, value)
