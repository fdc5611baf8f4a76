"""Tables on a terminal, and those of what a command says of the installation itself.

Cells are :class:`~rich.text.Text`, never plain strings, which rich would take for its markup: what a page
says may well hold square brackets. Nothing of the pipeline is imported here, so that the commands that need
none of it answer at once, and also where a package is broken.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from pipeline.doctor import Check
from pipeline.printable import printable
from pipeline.settings import Settings, describe_settings


def cell(value: object, style: str = "") -> Text:
    """A value as it stands in a table: ``True`` is ✓, None nothing."""
    if value is None:
        return Text("")
    if isinstance(value, bool):
        return Text("✓" if value else "·")
    return Text(printable(value), style)


def new_table(*headings: str, title: str = "") -> Table:
    """A table without rows yet."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for heading in headings:
        # Nothing is cut: Thai has no spaces to wrap at and is folded; ids stay on one line, to be copied.
        table.add_column(heading, no_wrap=heading == "document_id", overflow="fold")
    return table


def add_row(table: Table, *values: object) -> None:
    """Add a row of values of any kind."""
    table.add_row(*(cell(value) for value in values))


def settings_view(settings: Settings) -> Table:
    """Each setting, its value, and where the value came from."""
    table = new_table("setting", "value", "from")
    for row in describe_settings(settings):
        add_row(table, *row)
    return table


def doctor_view(checks: Sequence[Check]) -> Table:
    """A line for each check, with the remedy where something is missing."""
    table = Table(box=None, show_header=False)
    for check in checks:
        mark = Text("✓", style="green") if check.fine else Text("✗", style="bold red")
        remedy = None if check.fine else f"→ {check.remedy}"
        table.add_row(mark, cell(check.name), cell(check.found), cell(remedy))
    return table
