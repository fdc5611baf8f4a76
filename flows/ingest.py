"""The ingest flow: one flow run a batch, one task a file, over the same library calls as the command line.

``python -m flows.ingest PATH... [--out DIR]`` runs it with Prefect's embedded server; it is what
``make ingest`` does. The ledger in the catalog decides what is read, never Prefect's task cache.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.environment import prepare
from pipeline.catalog import Catalog, RunSummary, WorkItem, summary_text
from pipeline.errors import ExitCode, SarabanError
from pipeline.file_reader import FileReader
from pipeline.model import FileResult
from pipeline.run import Batch, Choice
from pipeline.settings import Settings, load_settings

prepare(load_settings().out / ".prefect")

from prefect import flow, task  # noqa: E402  (Prefect reads its environment when it is imported)
from prefect.artifacts import create_markdown_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.futures import PrefectFuture, as_completed  # noqa: E402
from prefect.runtime import flow_run, task_run  # noqa: E402
from prefect.states import Completed, Failed, State  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402

_AT_ONCE = 200
"""Tasks that Prefect is told of ahead of time; each costs its server memory and time."""


@lru_cache(maxsize=1)
def _reader(settings: Settings) -> FileReader:
    """The worker processes of this process: of the flow's own, or of a Dask worker."""
    return FileReader(settings)


def _task_name() -> str:
    return f"read {task_run.parameters['item'].path.name}"


@task(name="read-file", task_run_name=_task_name, cache_policy=NO_CACHE, persist_result=False)
def read_file(item: WorkItem, settings: Settings) -> FileResult:
    """Read one file; what goes wrong is in the result."""
    return _reader(settings).read(item.path, item.sha256)


@task(name="keep-result", cache_policy=NO_CACHE, persist_result=False)
def connect_and_publish(batch: Batch) -> RunSummary:
    """Resolve references, then write datasets, graph and report."""
    batch.connect()
    return batch.publish()


def _flow_name() -> str:
    paths = flow_run.parameters.get("paths") or []
    return "ingest " + ", ".join(Path(path).name for path in paths[:3])


@flow(name="ingest", flow_run_name=_flow_name, persist_result=False, validate_parameters=False)
def ingest(paths: Sequence[Path], settings: Settings, choice: Choice) -> State[Any]:
    """Read every file under ``paths`` that is not done; ends Failed, with the exit code, if any file failed."""
    with Batch(settings) as batch:
        try:
            for result in _read_all(batch.plan(paths, choice), settings):
                batch.keep(result)
        finally:
            _close_reader(settings)
        summary = connect_and_publish(batch)
        text = summary_text(batch.catalog, summary)
    create_markdown_artifact(f"```\n{text}\n```\n", key="ingest-report", description="What this run did")
    if summary.exit_code == ExitCode.ALL_READ:
        return Completed(message="all files were read", data=summary)
    return Failed(message=f"exit code {int(summary.exit_code)}: see report.html", data=summary)


def _read_all(items: Sequence[WorkItem], settings: Settings) -> Iterator[FileResult]:
    for start in range(0, len(items), _AT_ONCE):
        futures: list[PrefectFuture[FileResult]] = [
            read_file.submit(item, settings) for item in items[start : start + _AT_ONCE]
        ]
        for future in as_completed(futures):
            yield future.result()


def _close_reader(settings: Settings) -> None:
    if _reader.cache_info().currsize:
        _reader(settings).close()
        _reader.cache_clear()


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Threads that wait for worker processes; or an existing Dask cluster where one is configured."""
    if settings.dask is None:
        return ThreadPoolTaskRunner(max_workers=settings.workers + 1)
    from prefect_dask import DaskTaskRunner

    return DaskTaskRunner(address=settings.dask)


def run(paths: Sequence[Path], settings: Settings, choice: Choice | None = None) -> RunSummary:
    """Run the flow and give its summary, whatever state it ended in."""
    state = ingest.with_options(task_runner=task_runner(settings))(
        paths, settings, choice or Choice(), return_state=True
    )
    summary = state.data
    if isinstance(summary, RunSummary):
        return summary
    raise state.result(raise_on_failure=False)


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
        print(f"{error.code}: {error}", file=sys.stderr)
        return int(error.exit_code)
    with Catalog.open(settings.out) as catalog:
        print(summary_text(catalog, summary))
    print(f"Report: {settings.out / 'report.html'}")
    return int(summary.exit_code)


if __name__ == "__main__":
    sys.exit(main())
