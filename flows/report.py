"""What a run did, as one line and as the Markdown of a Prefect artifact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.catalog import Catalog, Overview, RunSummary, overview, summary_text
from pipeline.printable import printable

_FAILURES_SHOWN = 50


def one_line(summary: RunSummary) -> str:
    """The counts that matter, as in ``3 read, 1 failed, 12 unchanged``."""
    counts = {
        "read": summary.done,
        "read in part": summary.partial,
        "failed": summary.failed,
        "unchanged": summary.unchanged,
        "vanished": len(summary.vanished),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "no files"


def markdown_report(catalog: Catalog, summary: RunSummary) -> str:
    """Counts, failures, what to review, and where to look, for Prefect's page of the run."""
    archive = overview(catalog)
    folder = catalog.folder.absolute()
    parts = [f"```\n{summary_text(catalog, summary)}\n```", *_failures(archive), *_issues(archive)]
    if summary.vanished:
        parts += ["## Vanished", *_table(("file",), ([path] for path in summary.vanished[:_FAILURES_SHOWN]))]
    parts += ["## Where to look", f"- [report.html]({(folder / 'report.html').as_uri()})"]
    parts += [f"- [datasets]({(folder / 'datasets').as_uri()})", f"- [graph]({(folder / 'graph').as_uri()})"]
    return "\n".join(parts) + "\n"


def _failures(archive: Overview) -> list[str]:
    rows = [(row["path"], row["status"], row["error_code"], row["error"]) for row in archive.unread]
    if not rows:
        return []
    return [
        "## Not read, or only in part",
        *_table(("file", "status", "code", "why"), rows[:_FAILURES_SHOWN]),
    ]


def _issues(archive: Overview) -> list[str]:
    rows = [(group.severity, group.code, str(group.count)) for group in archive.issues]
    return ["## To review", *_table(("severity", "code", "count"), rows)] if rows else []


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["", *("| " + " | ".join(map(_cell, line)) + " |" for line in lines), ""]


def _cell(value: str | None) -> str:
    """Text that cannot break out of its cell, whatever a file is called."""
    return printable(value or "").replace("|", "\\|").replace("`", "'")
