"""Flow runs on a Prefect server: their names, states, artifacts; on threads and on a Dask cluster."""

from __future__ import annotations

import threading

import pandas as pd
import psutil
import pytest
from prefect.client.orchestration import get_client

from flows.ingest import ingest as ingest_flow
from flows.ingest import run
from pipeline.errors import ExitCode
from pipeline.run import Choice, ingest
from pipeline.settings import Settings

pytestmark = [
    pytest.mark.usefixtures("prefect_harness"),
    pytest.mark.filterwarnings("ignore"),  # those of Prefect and Dask are not ours to mend
]


def datasets(settings):
    return {path.name: path.read_bytes() for path in (settings.out / "datasets").glob("*.csv")}


def test_a_flow_run_says_what_it_did(inbox, tmp_path):
    settings = Settings(out=tmp_path / "out", workers=1)
    state = ingest_flow([inbox], settings, Choice(), return_state=True)
    assert state.is_failed()
    assert state.message.startswith("exit code 4: 6 read, 1 failed")
    with get_client(sync_client=True) as client:
        names = {found.name for found in client.read_flow_runs()}
        artifacts = [found.data for found in client.read_artifacts()]
    assert "ingest inbox: 6 read, 1 failed" in names
    assert any("a\\|b'c.pdf | failed | empty_file" in text and "report.html" in text for text in artifacts)
    plain = settings.model_copy(update={"out": tmp_path / "plain"})
    ingest([inbox], plain)
    assert datasets(settings) == datasets(plain)


def test_a_dask_worker_that_is_killed_loses_nothing(inbox, tmp_path):
    distributed = pytest.importorskip("distributed")
    pytest.importorskip("prefect_dask")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        settings = Settings(out=tmp_path / "out", workers=1, dask=cluster.scheduler_address)
        (inbox / "a|b`c.pdf").unlink()
        killed = threading.Event()
        killer = threading.Thread(target=kill_a_reading_worker, args=(killed,))
        killer.start()
        summary = run([inbox], settings)
        killer.join()
    assert killed.is_set()
    assert (summary.done, summary.exit_code) == (6, ExitCode.ALL_READ)
    letters = pd.read_csv(settings.out / "datasets" / "letters.csv")
    assert len(letters) == 12


def kill_a_reading_worker(killed: threading.Event) -> None:
    """Kill the first Dask worker that has a worker process of ours, which is when it reads."""
    while not killed.is_set():
        for process in psutil.Process().children(recursive=True):
            try:
                if "pipeline.isolation.worker" in process.cmdline():
                    process.parent().kill()
                    killed.set()
                    return
            except psutil.NoSuchProcess:
                continue
