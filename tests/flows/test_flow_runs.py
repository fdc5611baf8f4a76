"""Flow runs on a Prefect server: their names, states, artifacts; on threads and on a Dask cluster."""

from __future__ import annotations

import os
import threading

import pandas as pd
import psutil
import pytest
from prefect.client.orchestration import get_client

from flows.ingest import run
from flows.nightly import run_once
from pipeline.errors import ExitCode
from pipeline.run import ingest
from pipeline.settings import Settings

pytestmark = [
    pytest.mark.usefixtures("prefect_harness"),
    pytest.mark.filterwarnings("ignore"),  # those of Prefect and Dask are not ours to mend
]


def datasets(settings):
    return {path.name: path.read_bytes() for path in (settings.out / "datasets").glob("*.csv")}


def test_a_nightly_run_says_what_it_did_and_tells_of_failures(inbox, tmp_path, monkeypatch):
    settings = Settings(out=tmp_path / "out", workers=1)
    told = tmp_path / "told"
    monkeypatch.setenv("SARABAN_OUT", str(settings.out))
    monkeypatch.setenv("SARABAN_WORKERS", "1")
    monkeypatch.setenv("SARABAN_NIGHTLY_INPUT", str(inbox))
    monkeypatch.setenv("SARABAN_NOTIFY_COMMAND", f"tee {told}")
    assert run_once() == ExitCode.SOME_FAILED
    with get_client(sync_client=True) as client:
        runs = {found.name: found.state for found in client.read_flow_runs()}
        artifacts = [found.data for found in client.read_artifacts()]
    assert "ingest inbox: 6 read, 1 failed" in runs
    (nightly,) = (name for name in runs if name.startswith("nightly "))
    assert nightly.endswith("exit code 4: 6 read, 1 failed")
    assert runs[nightly].is_failed()
    assert any("a\\|b'c.pdf | failed | empty_file" in text and "report.html" in text for text in artifacts)
    assert "exit code 4: 6 read, 1 failed" in told.read_text(encoding="utf-8")
    plain = settings.model_copy(update={"out": tmp_path / "plain"})
    ingest([inbox], plain)
    assert datasets(settings) == datasets(plain)


def test_names_of_any_bytes_stop_no_run_and_leave_no_traceback(inbox, tmp_path, capsys):
    """The captured standard output is strict UTF-8, which cannot write such a name as it is."""
    odd = [inbox / os.fsdecode(b"\xa1\xff.txt"), inbox / "\x1b[31m.pdf"]
    (inbox / "0.txt").rename(odd[0])
    odd[1].write_bytes(b"%PDF-1.4 and nothing else")
    for number in range(1, 6):
        (inbox / f"{number}.txt").unlink()
    summary = run([inbox], Settings(out=tmp_path / "out", workers=1))
    assert (summary.done, summary.failed) == (1, 2)
    printed = capsys.readouterr()
    assert "\ufffd\ufffd.txt" in printed.out
    assert "\x1b" not in printed.out + printed.err
    assert "Traceback" not in printed.out + printed.err
    with get_client(sync_client=True) as client:
        tasks = {found.name for found in client.read_task_runs()}
    assert {"read \ufffd\ufffd.txt", "read \ufffd[31m.pdf"} <= tasks


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
