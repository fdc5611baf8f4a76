"""What flows are made of, without a Prefect server."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import ThreadPoolTaskRunner

from flows.environment import prepare
from flows.ingest import main
from flows.nightly import serve
from flows.notification import notify
from flows.report import markdown_report, one_line
from flows.runners import task_runner
from flows.server import prefect_server
from pipeline.catalog import Catalog
from pipeline.errors import ExitCode, LockedError, StorageError, UsageError
from pipeline.run import ingest
from pipeline.settings import Settings

ROOT = Path(__file__).parents[2]


def test_what_the_user_set_wins(monkeypatch):
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    monkeypatch.delenv("DO_NOT_TRACK", raising=False)
    prepare()
    assert (os.environ["PREFECT_LOGGING_LEVEL"], os.environ["DO_NOT_TRACK"]) == ("DEBUG", "1")


def test_threads_unless_a_cluster_is_configured(tmp_path):
    assert isinstance(task_runner(Settings(out=tmp_path, workers=3)), ThreadPoolTaskRunner)


def test_a_cluster_elsewhere_needs_a_server_that_it_can_reach(tmp_path):
    pytest.importorskip("prefect_dask")
    settings = Settings(out=tmp_path, dask="tcp://192.0.2.7:8786")
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:4200/api"}), pytest.raises(UsageError):
        task_runner(settings)


def test_a_server_of_ones_own_is_used(tmp_path):
    with (
        temporary_settings({PREFECT_API_URL: "http://192.0.2.7:4200/api"}),
        prefect_server(tmp_path / "home") as address,
    ):
        assert address == "http://192.0.2.7:4200/api"
    assert not (tmp_path / "home").exists()


def test_one_server_at_a_time(tmp_path):
    with (tmp_path / "server.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with (
            temporary_settings(restore_defaults={PREFECT_API_URL}),
            pytest.raises(LockedError, match="already"),
            prefect_server(tmp_path, own=True),
        ):
            pass


def test_wrong_arguments_end_before_anything_starts(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SARABAN_DPI", "7")
    assert main([str(tmp_path)]) == ExitCode.BAD_ARGUMENTS
    assert "setting dpi" in capsys.readouterr().err


def test_a_path_that_prefect_cannot_take_is_said_before_anything_starts(tmp_path, capsys):
    odd = tmp_path / os.fsdecode(b"\xa1\xff")
    assert main([str(odd), "--out", str(tmp_path / "out")]) == ExitCode.BAD_ARGUMENTS
    assert "\ufffd\ufffd: " in capsys.readouterr().err
    assert main([str(tmp_path), "--out", str(odd)]) == ExitCode.BAD_ARGUMENTS
    assert list(tmp_path.iterdir()) == []


def test_the_report_of_a_run(inbox, tmp_path):
    settings = Settings(out=tmp_path / "out", workers=1)
    summary = ingest([inbox], settings)
    assert one_line(summary) == "6 read, 1 failed"
    with Catalog.open(settings.out) as catalog:
        text = markdown_report(catalog, summary)
    assert "a\\|b'c.pdf | failed | empty_file" in text
    assert (settings.out / "report.html").as_uri() in text


def test_a_command_is_told(tmp_path):
    told = tmp_path / "told"
    program = f"{sys.executable} -c 'import sys; open(sys.argv[1], \"w\").write(sys.stdin.read())' {told}"
    assert notify(Settings(notify_command=program), "Saraban: failed", "2 files") == ()
    assert told.read_text() == "Saraban: failed\n\n2 files\n"


def test_a_webhook_is_told():
    got = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as listener:
        answering = threading.Thread(target=listener.handle_request)
        answering.start()
        settings = Settings(notify_webhook=f"http://127.0.0.1:{listener.server_port}/")
        assert notify(settings, "Saraban: failed", "2 files") == ()
        answering.join()
    assert got == [{"subject": "Saraban: failed", "text": "Saraban: failed\n2 files"}]


def test_a_failing_notification_harms_nothing(tmp_path, capsys):
    settings = Settings(notify_command=str(tmp_path / "none"), notify_webhook="http://127.0.0.1:9/")
    assert len(notify(settings, "subject", "text")) == 2
    assert "notification:" in capsys.readouterr().err


def test_deployments_fit_the_flows():
    described = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    nightly, retry = described["deployments"]
    for deployment in (nightly, retry):
        path, _, name = deployment["entrypoint"].partition(":")
        flow = getattr(import_module(path.removesuffix(".py").replace("/", ".")), name)
        assert set(deployment["parameters"]) <= set(flow.parameters.properties)
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    defaults = Settings.model_fields
    (schedule,) = nightly["schedules"]
    assert schedule["cron"] == defaults["nightly_cron"].default
    assert schedule["timezone"] == defaults["nightly_timezone"].default


def test_a_schedule_that_is_none_is_said_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setenv("SARABAN_OUT", str(tmp_path / "out"))
    monkeypatch.setenv("SARABAN_NIGHTLY_CRON", "every night")
    with pytest.raises(UsageError, match="nightly_cron") as told:
        serve()
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_takes_no_server_is_a_typed_error(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file"), prefect_server(tmp_path / "file" / ".prefect"):
        pass
