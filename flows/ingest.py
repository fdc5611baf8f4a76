"""The ingest flow: one flow run a batch, one task a file, over the same library calls as the command line.

``python -m flows.ingest PATH... [--out DIR]`` runs it with a Prefect server of the archive's own; it is
what ``make ingest`` does. The ledger in the catalog decides what is read, never Prefect's task cache.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from flows.environment import prepare

prepare()

from prefect import flow, get_client, task  # noqa: E402  (Prefect reads its environment when imported)
from prefect.artifacts import create_markdown_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.futures import PrefectFuture  # noqa: E402
from prefect.runtime import flow_run, task_run  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402

from flows.readers import close_reader, reader_for  # noqa: E402
from flows.report import markdown_report, one_line  # noqa: E402
from flows.runners import task_runner  # noqa: E402
from flows.server import prefect_server  # noqa: E402
from pipeline import intake  # noqa: E402
from pipeline.catalog import Catalog, Choice, RunSummary, WorkItem, summary_text  # noqa: E402
from pipeline.errors import ExitCode, SarabanError, UsageError, WorkerCrashError  # noqa: E402
from pipeline.file_reader import failed_result  # noqa: E402
from pipeline.model import FileResult  # noqa: E402
from pipeline.printable import printable  # noqa: E402
from pipeline.run import Batch  # noqa: E402
from pipeline.settings import Settings, load_settings  # noqa: E402

_AT_ONCE = 200
"""Tasks that Prefect is told of ahead of time; each costs its server memory and time."""


class FilesFailedError(SarabanError):
    """The run came to its end, and some files failed; a failed state of Prefect carries an exception."""

    code = "files_failed"

    def __init__(self, summary: RunSummary) -> None:
        super().__init__(one_line(summary))
        self.summary = summary
        self.exit_code = ExitCode(summary.exit_code)

    def __reduce__(self) -> tuple[type[FilesFailedError], tuple[RunSummary]]:
        return type(self), (self.summary,)


def _task_name() -> str:
    return printable(f"read {task_run.parameters['item'].path.name}")


@task(name="read-file", task_run_name=_task_name, cache_policy=NO_CACHE, persist_result=False)
def read_file(item: WorkItem, settings: Settings) -> FileResult:
    """Read one file; what goes wrong is in the result."""
    return reader_for(settings).read(item.path, item.sha256)


@task(name="connect-and-publish", cache_policy=NO_CACHE, persist_result=False)
def connect_and_publish(batch: Batch) -> RunSummary:
    """Resolve references, then write datasets, graph and report."""
    batch.connect()
    return batch.publish()


def _flow_name() -> str:
    return "ingest " + _places(flow_run.parameters.get("paths") or [])


def _places(paths: Sequence[Path]) -> str:
    shown = ", ".join(Path(path).name or str(path) for path in paths[:3])
    return printable(f"{shown} and {len(paths) - 3} more" if len(paths) > 3 else shown)


@flow(name="ingest", flow_run_name=_flow_name, persist_result=False, validate_parameters=False)
def ingest(paths: Sequence[Path], settings: Settings, choice: Choice) -> State[Any]:
    """Read every file under ``paths`` that is not done; ends Failed, with the exit code, if any failed."""
    try:
        summary, report = _run_batch(paths, settings, choice)
    except SarabanError as error:
        message = f"exit code {int(error.exit_code)}: {error.code}: {printable(error)}"
        return Failed(message=message, data=error)
    create_markdown_artifact(report, key="ingest-report", description=one_line(summary))
    rename_run(f"ingest {_places(paths)}: {one_line(summary)}")
    if summary.exit_code == ExitCode.ALL_READ:
        return Completed(message=one_line(summary), data=summary)
    message = f"exit code {int(summary.exit_code)}: {one_line(summary)}"
    return Failed(message=message, data=FilesFailedError(summary))


def _run_batch(paths: Sequence[Path], settings: Settings, choice: Choice) -> tuple[RunSummary, str]:
    intake.check_paths(paths)
    with Batch(settings) as batch:
        try:
            for result in _read_all(batch.plan(paths, choice), settings):
                batch.keep(result)
                what = printable(result.error or result.path)
                print(f"{result.status:8}{len(result.pages):5} pages  {what}", flush=True)
        finally:
            close_reader()
        summary = connect_and_publish(batch)
        return summary, markdown_report(batch.catalog, summary)


def _read_all(items: Sequence[WorkItem], settings: Settings) -> Iterator[FileResult]:
    """Results as they become ready, with as many tasks under way as Prefect is told of at once."""
    ready: SimpleQueue[tuple[PrefectFuture[FileResult], WorkItem]] = SimpleQueue()

    def submit(item: WorkItem) -> None:
        read_file.submit(item, settings).add_done_callback(lambda done: ready.put((done, item)))

    for place, item in enumerate(items):
        if place >= _AT_ONCE:
            yield _result(*ready.get())
        submit(item)
    for _ in items[-_AT_ONCE:]:
        yield _result(*ready.get())


def _result(future: PrefectFuture[FileResult], item: WorkItem) -> FileResult:
    """What a task gave; where the task itself was lost (a Dask worker died too often), its failure."""
    try:
        return future.result()
    except SarabanError:
        raise
    except Exception as error:
        lost = WorkerCrashError(
            item.path, f"the task that read it was lost ({type(error).__name__}: {error})"
        )
        return failed_result(item.path, item.sha256, lost)


def rename_run(name: str) -> None:
    """Give this flow run a name that says what it did."""
    with get_client(sync_client=True) as client:
        client.update_flow_run(flow_run.id, name=name)


def summary_of(state: State[Any]) -> RunSummary:
    """The summary that a flow run ended with; raises what stopped it where there is none."""
    outcome = state.result(raise_on_failure=False)
    if isinstance(outcome, FilesFailedError):
        return outcome.summary
    if isinstance(outcome, BaseException):
        raise outcome
    assert isinstance(outcome, RunSummary)
    return outcome


def run(paths: Sequence[Path], settings: Settings, choice: Choice | None = None) -> RunSummary:
    """Run the flow and give its summary, whatever state it ended in; raises what stopped it."""
    for path in (*paths, settings.out):
        _check_name(path)
    with prefect_server(settings.out / ".prefect", settings.nightly_port):
        state = ingest.with_options(task_runner=task_runner(settings))(
            paths, settings, choice or Choice(), return_state=True
        )
        return summary_of(state)


def _check_name(path: Path) -> None:
    """Prefect keeps what a flow is given as JSON, which takes no name that is not UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"{path}: a flow takes no path that is not UTF-8; files in a folder may be called so"
        ) from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``python -m flows.ingest``; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m flows.ingest", description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--dask", help="address of a Dask scheduler")
    given = parser.parse_args(arguments)
    try:
        settings = load_settings(out=given.out, workers=given.workers, dask=given.dask)
        summary = run(given.paths, settings)
    except SarabanError as error:
        print(f"{error.code}: {printable(error)}", file=sys.stderr)
        return int(error.exit_code)
    with Catalog.open(settings.out) as catalog:
        print(summary_text(catalog, summary))
    print(printable(f"Report: {settings.out / 'report.html'}"))
    return int(summary.exit_code)


if __name__ == "__main__":
    sys.exit(main())
