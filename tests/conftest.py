"""What tests of every part may need."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest


@pytest.fixture
def bangkok(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clocks of this machine show the time of Bangkok."""
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Bangkok")
        time.tzset()
        yield
    time.tzset()
