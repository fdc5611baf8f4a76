"""The command line: what it prints, how it ends, and that no expected error shows a traceback."""

from __future__ import annotations

import io
import re
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import httpx
import pandas as pd
import psutil
import pytest
from rich.console import Console

from pipeline import cli
from pipeline.catalog import RunLock
from pipeline.errors import ExitCode
from pipeline.run import ingest
from pipeline.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def archive(tmp_path_factory, transcript):
    """An archive with one bundle of two letters."""
    base = tmp_path_factory.mktemp("archive")
    (base / "inbox").mkdir()
    (base / "inbox" / "bundle.txt").write_text(transcript, encoding="utf-8")
    ingest([base / "inbox"], Settings(out=base / "out", workers=1))
    return base


@pytest.fixture
def saraban(monkeypatch, capsys, archive):
    """Call the command in the archive's folder; gives (exit code, standard output, standard error)."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(archive)
        monkeypatch.setattr(sys, "argv", ["saraban", *arguments])
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setenv("SARABAN_OUT", "out")
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return int(ended.value.code or 0), printed.out, printed.err

    return call


def test_a_run_with_nothing_new(saraban):
    status, printed, _ = saraban("ingest", "inbox")
    assert status == ExitCode.ALL_READ
    assert "1 unchanged" in printed
    assert "Report: out/report.html" in printed


def test_a_run_says_how_to_check_what_is_doubtful(saraban, transcript, tmp_path):
    undated = tmp_path / "undated.txt"
    undated.write_text(transcript.replace("๑๒ มกราคม ๒๕๖๕", ""), encoding="utf-8")
    printed = saraban("ingest", str(undated), "--out", str(tmp_path / "out"))[1]
    assert f"Documents to check: 1 (saraban check --out {tmp_path / 'out'})" in printed
    assert "saraban check" not in saraban("ingest", "inbox")[1]


def test_every_way_to_end(saraban, archive, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"")
    good = archive / "inbox" / "bundle.txt"
    other = str(tmp_path / "out")
    assert saraban("ingest", str(bad), "--out", other)[0] == ExitCode.NOTHING_READ
    assert saraban("ingest", str(good), str(bad), "--out", other)[0] == ExitCode.ALL_READ
    assert saraban("ingest", str(good), str(bad), "--out", other, "--retry-failed")[0] == ExitCode.SOME_FAILED
    assert saraban("ingest", "nowhere", "--out", str(tmp_path / "none"))[0] == ExitCode.BAD_ARGUMENTS
    assert not (tmp_path / "none").exists()
    (tmp_path / "empty").mkdir()
    assert "No file was found" in saraban("ingest", str(tmp_path / "empty"), "--out", other)[1]
    assert saraban("ingest")[0] == ExitCode.BAD_ARGUMENTS
    assert saraban("ingest", "inbox", "--workers", "0")[0] == ExitCode.BAD_ARGUMENTS
    with RunLock(archive / "out"):
        status, _, told = saraban("ingest", "inbox")
    assert status == ExitCode.LOCKED
    assert "another run: process" in told


def test_the_ledger_answers_to_options(saraban, archive):
    assert "1 seen, 1 done" in saraban("ingest", "inbox", "--force")[1]
    assert "1 seen, 1 unchanged" in saraban("ingest", "inbox", "--only-stale")[1]


@pytest.mark.parametrize("number", ["นน 0023.4/ว 1234", "ที่ นน ๐๐๒๓.๔/ว. ๑๒๓๔", "น.น.0023.4 /ว1234"])
def test_show_finds_a_number_as_letters_print_it(saraban, number):
    assert saraban("show", number)[0] == ExitCode.ALL_READ


def test_show_of_nothing_finds_nothing(saraban):
    assert saraban("show", " ")[0] == ExitCode.BAD_ARGUMENTS


def test_show_finds_by_number_path_and_id(saraban):
    status, printed, _ = saraban("show", "นน 0023.4/ว 1234")
    assert status == ExitCode.ALL_READ
    assert "ที่ว่าการอำเภอเวียงสา" in printed
    assert "resolved" in printed
    status, printed, told = saraban("show", "bundle.txt")
    assert (status, "several documents" in told) == (ExitCode.BAD_ARGUMENTS, True)
    assert "นน 0023.4/ว 5678" in printed
    status, _, told = saraban("show", "มท 9999")
    assert status == ExitCode.BAD_ARGUMENTS
    assert "usage" in told


def test_letters_are_filtered(saraban):
    assert "นน 0023.4/ว 5678" in saraban("letters")[1]
    only = saraban("letters", "--from", "2022-01-11")[1]
    assert "ว 1234" in only
    assert "ว 5678" not in only
    assert saraban("letters", "--from", "soon")[0] == ExitCode.BAD_ARGUMENTS


@pytest.mark.parametrize("year", ["2022", "2565", "๒๕๖๕"])
def test_letters_are_asked_for_in_years_of_either_era(saraban, year):
    only = saraban("letters", "--from", f"{year}-01-11", "--to", year)[1]
    assert "ว 1234" in only
    assert "ว 5678" not in only


def test_no_letters_are_said_to_be_none(saraban):
    status, _, told = saraban("letters", "--from", "2566")
    assert (status, "no letters" in told) == (ExitCode.ALL_READ, True)
    assert "no letters" not in saraban("letters")[2]


def test_lists_are_lines_with_tabs_for_programs_and_whole_ids_for_people(saraban, archive, monkeypatch):
    letters = pd.read_csv(archive / "out" / "datasets" / "letters.csv", index_col="document_id")
    numbers = letters.number.to_dict()
    for command in (["letters"], ["show", "bundle.txt"]):
        listed = pd.read_csv(io.StringIO(saraban(*command)[1]), sep="\t")
        assert listed.set_index("document_id").number.to_dict() == numbers
    monkeypatch.setattr(cli, "terminal", Console(width=80, force_terminal=True))
    for command in (["letters"], ["show", "bundle.txt"]):
        printed = saraban(*command)[1]
        assert all(name in printed for name in (*numbers, *numbers.values()))


def test_a_graph_of_an_ambiguous_name_lists_what_it_may_mean(saraban, archive, tmp_path):
    letters = pd.read_csv(archive / "out" / "datasets" / "letters.csv")
    drawing = tmp_path / "chain.svg"
    status, printed, told = saraban("graph", "bundle.txt", "--svg", str(drawing))
    assert (status, "several documents" in told) == (ExitCode.BAD_ARGUMENTS, True)
    assert all(document_id in printed for document_id in letters.document_id)
    assert not drawing.exists()


def test_graph_draws_a_chain(saraban, archive, tmp_path):
    status, printed, _ = saraban("graph")
    assert status == ExitCode.ALL_READ
    assert "2 letters held, 0 only cited" in printed
    drawing = tmp_path / "chain.svg"
    assert saraban("graph", "นน 0023.4/ว 1234", "--svg", str(drawing))[0] == ExitCode.ALL_READ
    assert "<svg" in drawing.read_text(encoding="utf-8")


def test_a_graph_that_cannot_be_read_or_drawn_is_a_typed_error(saraban, archive, tmp_path):
    (tmp_path / "file").touch()
    status, _, told = saraban("graph", "--svg", str(tmp_path / "file" / "chain.svg"))
    assert (status, "storage" in told) == (ExitCode.SOME_FAILED, True)
    shutil.copytree(archive / "out", tmp_path / "out")
    (tmp_path / "out" / "graph" / "citations.json").unlink()
    status, _, told = saraban("graph", "--out", str(tmp_path / "out"))
    assert (status, "citations.json" in told) == (ExitCode.SOME_FAILED, True)


def test_export_makes_datasets_and_graph_again(saraban, archive):
    made = [archive / "out" / name for name in ("datasets/letters.csv", "graph/citations.json")]
    before = [path.read_bytes() for path in made]
    for path in made:
        path.unlink()
    status, printed, _ = saraban("export")
    assert status == ExitCode.ALL_READ
    assert all(path.name in printed for path in made)
    assert [path.read_bytes() for path in made] == before
    with RunLock(archive / "out"):
        assert saraban("export")[0] == ExitCode.LOCKED


def test_the_doctor_says_which_package_is_missing(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    without = "import sys; sys.modules['cv2'] = None; sys.argv = ['saraban', 'doctor']"
    argv = [sys.executable, "-c", f"{without}; from pipeline import cli; cli.main()"]
    doctor = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert doctor.returncode == ExitCode.MISSING_TOOL
    assert re.search(r"✗\s+opencv-python.*pip install opencv-python", doctor.stdout)
    assert re.search(r"✓\s+pandas", doctor.stdout)


def test_config_says_where_values_are_from(saraban):
    status, printed, _ = saraban("config")
    assert status == ExitCode.ALL_READ
    assert "environment (SARABAN_OUT)" in printed


@pytest.mark.parametrize("command", ["show x", "letters", "graph", "export", "check"])
def test_no_archive_is_a_usage_error(saraban, tmp_path, command):
    status, _, told = saraban(*command.split(), "--out", str(tmp_path / "none"))
    assert status == ExitCode.BAD_ARGUMENTS
    assert "saraban ingest" in told


@pytest.mark.parametrize("command", ["ingest", "show", "letters", "graph", "check", "nightly"])
def test_help_teaches_by_example(saraban, command):
    status, printed, _ = saraban(command, "--help")
    assert status == ExitCode.ALL_READ
    assert f"saraban {command}" in printed.partition("Options")[2]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_what_is_corrected_on_the_page_is_in_the_datasets_even_after_reading_again(
    saraban, archive, tmp_path, ending
):
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    serving = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "check", "--out", "out", "--port", "0"],
        cwd=copy,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1", "LOGNAME": "somchai"},
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    address = serving.stdout.readline().strip()
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as browser:
        document = pd.read_csv(copy / "out" / "datasets" / "letters.csv").document_id[1]
        shown = browser.get(f"/documents/{document}").text
        own = {name: re.search(rf'name="{name}" value="([^"]+)"', shown)[1] for name in ("token", "reading")}
        said = {"subject_id": document, "field": "number", "verdict": "corrected", "value": "นน ๐๐๒๓.๔/ว ๙๙"}
        answer = browser.post(f"/documents/{document}/corrections", data={**own, **said})
        assert answer.status_code == 303
    serving.send_signal(ending)
    told, _ = serving.communicate(timeout=60)
    assert serving.returncode == 0, told
    assert "Traceback" not in told
    for again in (False, True):
        if again:
            status, _, _ = saraban("ingest", str(copy / "inbox"), "--out", str(copy / "out"), "--force")
            assert status == ExitCode.ALL_READ
        letters = pd.read_csv(copy / "out" / "datasets" / "letters.csv", index_col="document_id")
        assert letters.number[document] == "นน 0023.4/ว 99"
        assert "นน 0023.4/ว 99" in (copy / "out" / "graph" / "citations.json").read_text(encoding="utf-8")
    made_by = pd.read_csv(copy / "out" / "datasets" / "corrections.csv").made_by
    assert list(made_by) == ["somchai"]


def is_worker(process: psutil.Process) -> bool:
    """Whether a process reads files: one that only asks for a tool's version may be the first child."""
    try:
        return "pipeline.isolation.worker" in process.cmdline()
    except psutil.Error:
        return False


def test_an_interrupt_ends_cleanly(archive, tmp_path):
    command = [sys.executable, "-m", "pipeline.cli", "ingest", "inbox", "--out", str(tmp_path), "--force"]
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(f"หนังสือ {number}\n" * 50, encoding="utf-8")
    running = subprocess.Popen(
        [*command, str(tmp_path)],
        cwd=archive,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        # Tests started in the background inherit that interrupts are ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    workers: list[psutil.Process] = []
    while not workers and running.poll() is None:
        workers = [child for child in psutil.Process(running.pid).children() if is_worker(child)]
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=120)
    assert running.returncode == 130, told.decode()
    assert b"Traceback" not in told
    assert not any(worker.is_running() for worker in workers)
