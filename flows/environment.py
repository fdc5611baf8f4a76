"""Prefect's own environment, set before Prefect is imported: quiet, and nothing sent anywhere.

What the user has set wins. Both telemetry switches are needed: one is the client's, one the server's.
"""

from __future__ import annotations

import os

_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}


def prepare() -> None:
    """Set what is not set."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
