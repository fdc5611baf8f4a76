"""The command ``saraban``: the library from a terminal. All errors end here, with their exit codes.

A command imports what it needs when it runs: ``--help``, ``config`` and a slip in the options take a moment,
and ``doctor`` can say which package is missing.
"""

from __future__ import annotations

import re
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from pipeline.errors import ExitCode, SarabanError, UsageError
from pipeline.printable import printable
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from pandas import DataFrame

    from pipeline.catalog import Catalog, Choice, RunSummary
    from pipeline.model import FileResult

app = typer.Typer(
    name="saraban",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Reads bundles of scanned Thai official letters into letters, citations and audited plan tables.",
    epilog="Start with **saraban doctor**, then **saraban ingest data/raw**.",
)
terminal = Console()
messages = Console(stderr=True)

# 2021, 2021-12 or 2021-12-07
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def _checked_date(value: str | None) -> str | None:
    if value is None:
        return None
    if not _DATE.fullmatch(value):
        raise typer.BadParameter("a date is written 2021, 2021-12 or 2021-12-07, in years of either era")
    from pipeline.thai import in_common_era, to_arabic

    return in_common_era(to_arabic(value))


Out = Annotated[
    Path | None, typer.Option("--out", help="Folder of the catalog and datasets.", show_default=False)
]


@app.command(
    "ingest", epilog="Examples: **saraban ingest scans/** · **saraban ingest a.pdf b.tif --out archive**"
)
def ingest_command(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders: PDF, TIFF, PNG, JPEG, .txt transcripts.")
    ],
    out: Out = None,
    workers: Annotated[
        int | None, typer.Option(help="Worker processes; one per core by default.", min=1)
    ] = None,
    page_break: Annotated[
        str | None, typer.Option(help="Text that separates pages in transcripts, besides form feeds.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Read everything again.")] = False,
    retry_failed: Annotated[
        bool, typer.Option(help="Also read again what failed or was read in part.")
    ] = False,
    only_stale: Annotated[
        bool, typer.Option(help="Only what another version of Saraban read, or one with other settings.")
    ] = False,
    dask: Annotated[
        str | None, typer.Option(help="Read on this Dask cluster: tcp://scheduler:8786.", show_default=False)
    ] = None,
) -> None:
    """Read every file that is new or changed; then resolve references, write datasets, graph and report.

    Ends with 0 when nothing failed in this run (the report lists what failed before), 4 when some files
    failed or all are gone, 5 when none could be read.
    """
    from pipeline.catalog import Catalog, Choice, summary_text

    settings = load_settings(out=out, workers=workers, page_break=page_break, dask=dask)
    choice = Choice(force, retry_failed, only_stale)
    summary = (_ingest_here if settings.dask is None else _ingest_on_cluster)(paths, settings, choice)
    with Catalog.open(settings.out) as catalog:
        terminal.print(summary_text(catalog, summary), highlight=False, markup=False)
        left = catalog.work_list().all_left
    terminal.print(printable(f"Report: {settings.out / 'report.html'}"), highlight=False, markup=False)
    if left:
        how = printable(f"saraban check --out {settings.out}")
        terminal.print(f"Documents to check: {left:,} ({how})", highlight=False, markup=False)
    raise typer.Exit(summary.exit_code)


def _ingest_here(paths: list[Path], settings: Settings, choice: Choice) -> RunSummary:
    from pipeline.model import FileStatus
    from pipeline.run import ingest

    with _progress() as bar:
        task = bar.add_task("reading", total=None, speed="")
        started = time.monotonic()
        pages = 0

        def advance(result: FileResult, total: int) -> None:
            nonlocal pages
            pages += len(result.pages)
            minutes = max(time.monotonic() - started, 0.001) / 60
            bar.update(task, advance=1, total=total, speed=f"{pages / minutes:.0f} pages a minute")
            if result.status is not FileStatus.DONE:
                bar.console.print(Text(f"{result.status} ", "yellow") + Text(printable(result.error or "")))

        try:
            return ingest(paths, settings, choice, advance)
        except KeyboardInterrupt:
            bar.console.print("stopped; the same command goes on where this run was")
            raise


def _ingest_on_cluster(paths: list[Path], settings: Settings, choice: Choice) -> RunSummary:
    from flows.ingest import run

    return run(paths, settings, choice)


@app.command(
    "show", epilog="Examples: **saraban show 'มท 0810.3/ว 2927'** · **saraban show 0a1b2c3d4e5f6071-0002**"
)
def show_command(
    document: Annotated[
        str, typer.Argument(help="A document id, a letter number, or part of a file's path.")
    ],
    out: Out = None,
) -> None:
    """Show all that is known of one document, and why."""
    from pipeline import show

    with _catalog(load_settings(out=out)) as catalog:
        record = catalog.document_record(_one_document(catalog, document))
        assert record is not None
        terminal.print(show.document_view(record))


@app.command(
    "letters",
    epilog="Examples: **saraban letters --from 2021-12 --review** · **saraban letters --agency มท**",
)
def letters_command(
    number: Annotated[str | None, typer.Option(help="Part of the letter number, in either digits.")] = None,
    agency: Annotated[str | None, typer.Option(help="Agency code or name, such as มท or กระบี่.")] = None,
    sender: Annotated[str | None, typer.Option(help="Part of the sender as printed.")] = None,
    date_from: Annotated[
        str | None,
        typer.Option("--from", help="Earliest date: 2021, 2564 or 2021-12-07.", callback=_checked_date),
    ] = None,
    date_to: Annotated[str | None, typer.Option("--to", help="Latest date.", callback=_checked_date)] = None,
    review: Annotated[bool | None, typer.Option(help="Only those that (do not) need review.")] = None,
    out: Out = None,
) -> None:
    """List letters held."""
    from pipeline.catalog import LetterQuery

    query = LetterQuery(number, agency, sender, date_from, date_to, review)
    with _catalog(load_settings(out=out)) as catalog:
        frame = catalog.letters_frame(query)
    columns = ["document_id", "number", "date", "sender", "recipient", "subject", "needs_review"]
    _print_frame(frame[columns])
    if frame.empty:
        messages.print("no letters")


@app.command(
    "graph", epilog="Examples: **saraban graph** · **saraban graph 'มท 0810.3/ว 2927' --svg chain.svg**"
)
def graph_command(
    letter: Annotated[
        str | None, typer.Argument(help="A letter: its id or number. All of the graph without.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(help="Draw it as SVG.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page to pan and zoom.")] = None,
    out: Out = None,
) -> None:
    """Who cites whom: the chain of a letter, or the letters most cited and not held."""
    from pipeline import citations, show

    with _catalog(load_settings(out=out)) as catalog:
        graph = citations.read_graph(catalog.folder / "graph")
        if letter is not None:
            graph = citations.lineage(graph, _one_document(catalog, letter))
    if svg is not None:
        citations.write_svg(graph, svg)
    if html is not None:
        citations.write_html(graph, html)
    terminal.print(show.graph_view(graph, of_a_letter=letter is not None))


@app.command("export")
def export_command(out: Out = None) -> None:
    """Write the datasets (CSV, Parquet, datapackage.json) and the citation graph anew from the catalog."""
    from pipeline.catalog import RunLock, export_datasets
    from pipeline.connect import connect

    settings = load_settings(out=out)
    with _catalog(settings) as catalog, RunLock(settings.out):
        drawn = connect(catalog, settings.out / "graph", anew=True)
        for path in (*drawn, *export_datasets(catalog, settings.out / "datasets")):
            terminal.print(printable(path), highlight=False, markup=False)


@app.command("check", epilog="Examples: **saraban check** · **saraban check --out archive --port 8765**")
def check_command(
    out: Out = None,
    port: Annotated[
        int, typer.Option(help="Port of this machine's loopback; 0: a free one.", min=0, max=65535)
    ] = 8765,
) -> None:
    """Open a page on this machine where people check and correct what was read, until Ctrl-C."""
    from pipeline import checking

    announce = partial(terminal.print, highlight=False, markup=False, soft_wrap=True)
    with _catalog(load_settings(out=out)) as catalog:
        checking.serve(catalog, port, announce)


@app.command("doctor", epilog="Examples: **saraban doctor** · **saraban doctor --schedule**")
def doctor_command(
    schedule: Annotated[
        bool, typer.Option("--schedule", help="Also wait some minutes for a scheduled run to fire.")
    ] = False,
) -> None:
    """Say what is installed, what is missing, and how to mend it."""
    from pipeline.doctor import examine_installation
    from pipeline.terminal import doctor_view

    checks = examine_installation()
    terminal.print(doctor_view(checks))
    if schedule:
        from flows.schedule_check import check_schedule

        checks += (check_schedule(),)
        terminal.print(doctor_view(checks[-1:]))
    raise typer.Exit(ExitCode.ALL_READ if all(check.fine for check in checks) else ExitCode.MISSING_TOOL)


@app.command("config")
def config_command() -> None:
    """Print each setting, its value, and where the value came from."""
    from pipeline.terminal import settings_view

    terminal.print(settings_view(load_settings()))


@app.command("nightly", epilog="Examples: **saraban nightly** · **saraban nightly --once**")
def nightly_command(
    once: Annotated[bool, typer.Option(help="Run now, once, instead of keeping to the schedule.")] = False,
) -> None:
    """Keep to the nightly schedule until stopped: a loopback Prefect server and the scheduled flow."""
    from flows.nightly import run_once, serve

    raise typer.Exit(run_once() if once else serve())


def _catalog(settings: Settings) -> Catalog:
    from pipeline.catalog import FILE_NAME, Catalog

    if not (settings.out / FILE_NAME).exists():
        raise UsageError(
            f"there is no catalog in {settings.out}; name its folder with --out or SARABAN_OUT, "
            f"or run saraban ingest first"
        )
    return Catalog.open(settings.out)


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        console=messages,
        transient=True,
    )


def _one_document(catalog: Catalog, text: str) -> str:
    """The id of the document that ``text`` means; where it may mean several, they are printed.

    Raises :class:`UsageError` where it means none, or not just one.
    """
    found = catalog.find_document(text)
    if found.empty:
        raise UsageError(f"no document is known by {text!r}")
    if len(found) > 1:
        _print_frame(found)
        raise UsageError(f"{text!r} means several documents; give the id of one")
    return str(found["document_id"].iloc[0])


def _print_frame(frame: DataFrame) -> None:
    """A table for people; lines of values with tabs between them for programs."""
    import pandas as pd

    from pipeline.show import frame_view

    if terminal.is_terminal:
        terminal.print(frame_view(frame))
        return
    typer.echo("\t".join(frame.columns))
    for row in frame.itertuples(index=False):
        typer.echo("\t".join("" if pd.isna(value) else printable(value) for value in row))


def main() -> NoReturn:
    """Entry point of ``saraban``."""
    try:
        app()
    except SarabanError as error:
        messages.print(Text(f"{error.code} ", "bold red") + Text(printable(error)))
        sys.exit(error.exit_code)
    sys.exit(ExitCode.ALL_READ)


if __name__ == "__main__":
    main()
