"""Tables that run over page breaks, joined into one grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.model import Page, Table
from pipeline.plans.columns import Columns, read_columns
from pipeline.plans.grid import Grid, Row, as_grid
from pipeline.plans.periods import is_quarter
from pipeline.plans.refit import refitted
from pipeline.plans.values import ANY_DIGIT, read_whole_number
from pipeline.thai import squeeze

_SAME_HEADER = 80.0
"""Percentage of likeness from which a header is the one above, repeated."""


def stitch(pages: Sequence[Page]) -> tuple[Grid, ...]:
    """The grids of ``pages`` in order.

    A table goes on when the next one has as many columns, as found or when set in those of the first,
    and either repeats the header or has no header of its own; then what looked like a header by its form
    is body. Where the items count on, a header of other words that says the same of every column is repeated
    as well. A table also goes on when its header could not be read, and the next one says what stands there.
    """
    grids: list[Grid] = []
    first: Table | None = None
    for page in pages:
        for table in page.tables:
            joined = next(_candidates(grids, first, table, page), None)
            headed = None if joined is not None or first is None else _headed(first, grids[-1], table, page)
            if joined is not None:
                grids[-1] = _join(grids[-1], joined)
            elif headed is not None:
                first, grids[-1] = table, headed
            else:
                first = table
                grids.append(_with_header(grids, _as_headed(table, page)))
    return tuple(grids)


def _headed(first: Table, above: Grid, table: Table, page: Page) -> Grid | None:
    """``above``, the grid of ``first`` whose header says nothing, with that of ``table`` as it goes on in it.

    None unless ``table`` has the header of a plan and begins with a later item than the first.
    """
    below = _as_headed(table, page)
    columns = read_columns(below)
    if read_columns(above).makes_a_plan or not columns.makes_a_plan or not below.rows:
        return None
    begins = read_whole_number(below.rows[0].cell(columns.first("item_no"))).value
    fitted = refitted(first, table)
    if fitted is None or begins is None or begins < 2:
        return None
    unread = as_grid(fitted, above.rows[0].page, above.rows[0].stamps)
    return _join(replace(unread, header_rows=below.header_rows), below)


def _candidates(grids: Sequence[Grid], first: Table | None, table: Table, page: Page) -> Iterator[Grid]:
    """``table`` as a grid that the last of ``grids`` goes on in: as it was found, else set anew."""
    if first is None:
        return
    for version in (table, refitted(table, first)):
        if version is not None:
            grid = _with_header(grids, _as_headed(version, page))
            if _repeats(grids, grid) or _goes_on(grids, grid) or _counts_on(grids, grid):
                yield grid


def _as_headed(table: Table, page: Page) -> Grid:
    """``table`` as a grid whose header has all its rows: ``ลำดับ`` may go on in ``ที่`` below an edge of rows
    that alignment or a stray ruling made."""
    grid = as_grid(table, page.number, tuple(stamp.box for stamp in page.stamps))
    while grid.header_rows and grid.rows and not _is_item(grid.rows[0], grid):
        deeper = replace(grid, header_rows=(*grid.header_rows, grid.rows[0]), rows=grid.rows[1:])
        if not _says_more(read_columns(deeper), read_columns(grid)):
            break
        grid = deeper
    return grid


def _says_more(deeper: Columns, columns: Columns) -> bool:
    """Whether a header resembles known headers more with another row, and still says what it said."""
    pairs = zip(columns.roles, deeper.roles, strict=True)
    held = all(old in ("other", new) or (is_quarter(old) and is_quarter(new)) for old, new in pairs)
    return held and deeper.likeness > columns.likeness


def _is_item(row: Row, grid: Grid) -> bool:
    """Whether a row has the number of an item, or a tick."""
    number = read_columns(grid).first("item_no") or 0
    ticked = any(cell.tick is not None and cell.tick.present for _, cell in row.own_cells)
    return ticked or ANY_DIGIT.search(row.text(number)) is not None


def _with_header(grids: Sequence[Grid], grid: Grid) -> Grid:
    """``grid``, its header held for body where it says nothing that a plan's header does."""
    if read_columns(grid).makes_a_plan or _repeats(grids, grid):
        return grid
    return replace(grid, header_rows=(), rows=grid.header_rows + grid.rows)


def _goes_on(grids: Sequence[Grid], below: Grid) -> bool:
    return bool(grids) and grids[-1].columns == below.columns and not below.header_rows


def _repeats(grids: Sequence[Grid], below: Grid) -> bool:
    if not grids or grids[-1].columns != below.columns or not below.header_rows:
        return False
    return fuzz.ratio(_words(grids[-1]), _words(below)) >= _SAME_HEADER


def _counts_on(grids: Sequence[Grid], below: Grid) -> bool:
    """Whether ``below`` has columns of the same roles, and its first item number is the next one."""
    if not grids or not below.rows or not grids[-1].rows:
        return False
    columns, roles = read_columns(grids[-1]), read_columns(below).roles
    number = columns.first("item_no")
    if number is None or columns.roles != roles:
        return False
    last = max((read_whole_number(row.cell(number)).value or 0 for row in grids[-1].rows), default=0)
    return read_whole_number(below.rows[0].cell(number)).value == last + 1


def _words(grid: Grid) -> str:
    return "|".join(squeeze("".join(grid.header(column))) for column in range(grid.columns))


def _join(above: Grid, below: Grid) -> Grid:
    first = len(above.rows)
    breaks = above.breaks | {first} | {first + index for index in below.breaks}
    header_rows = max(above, below, key=_roles_known).header_rows
    return Grid(above.columns, header_rows, above.rows + below.rows, breaks)


def _roles_known(grid: Grid) -> int:
    """Of how many columns the header says what they hold: one of two headers may be damaged."""
    return sum(role != "other" for role in read_columns(grid).roles)
