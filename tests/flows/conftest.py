"""A Prefect server for the tests of flows: one for the whole session, since each takes long to start."""

from __future__ import annotations

import pytest

from flows.environment import prepare
from tests.edges.conftest import TRANSCRIPT

prepare()


@pytest.fixture(scope="session")
def prefect_harness():
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture
def inbox(tmp_path):
    """Six transcripts and a file that cannot be read."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(6):
        text = TRANSCRIPT.replace("๑๒๓๔", f"{1000 + number}").replace("๕๖๗๘", f"{2000 + number}")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "a|b`c.pdf").write_bytes(b"")
    return folder
