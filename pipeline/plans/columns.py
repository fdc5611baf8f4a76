"""What each column of a plan table holds, decided by its header words.

The words are a table (``data/columns.csv``); a header matches the entry that it resembles most,
so a misread vowel does no harm. What resembles none is kept by its own name in ``extra``.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import regex
from rapidfuzz import fuzz

from pipeline.model import TICK_FIELDS, Cell
from pipeline.plans.grid import Grid, Row
from pipeline.plans.periods import is_month, is_quarter, months_of, name_months, quarter_named
from pipeline.thai import squeeze

_LIKENESS = 80.0
"""Percentage of likeness (edit distance) from which a header is taken for an entry of the table."""

_YEAR = regex.compile(r"(?:ปี|พ\.?ศ\.?)\D{0,12}(25\d\d)")
"""A fiscal year in a squeezed header: ``ปีงบประมาณพ.ศ.2562``."""

_BARE_YEAR = regex.compile(r"\(?(25\d\d)\)?(?:\(?บาท\)?)?")
_MONEY_WORD = regex.compile(r"งบ|เงิน|บาท")
"""A year alone, squeezed, and what a heading above it says where it is that of a budget."""

_SHORT_HEADER = 3
"""Squeezed characters of a misread ``๑`` or ``Q1``; a longer header says something of its own."""

_OWN_ALONE = 0.95
"""What the likeness of a header without those above it is worth."""

_DIRT = regex.compile(r"[^\p{L}\p{M}\p{N}/()]")
"""What no header has: specks are read as dashes and dots."""

_UNIT = regex.compile(r"\(?บาท\)?|\(ตั้งต้น\)")
"""Words in a header that say nothing about its role."""


_MONEY = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+\.\d\d")
"""An amount that can be nothing else, squeezed: ``16,000``, ``0.00``."""

_MOSTLY = 0.6
"""Share of a column's filled cells that are amounts where it is a column of money."""

BUDGET = "budget"


def is_year(value: str) -> bool:
    """Whether a value's name is that of a year's budget: ``year 2562``."""
    return value.startswith("year ")


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column, by index; ``names`` are the headers as printed.

    ``quarterly`` says that the header speaks of quarters; ``likeness`` is how much all of it resembles known
    headers, in percent of one of them.
    """

    roles: tuple[str, ...]
    years: tuple[int | None, ...]
    names: tuple[str, ...]
    quarterly: bool = False
    likeness: float = 0.0

    def first(self, role: str) -> int | None:
        return self.roles.index(role) if role in self.roles else None

    @property
    def values(self) -> dict[str, tuple[int, ...]]:
        """The columns of each value that a sum may speak of: ``budget``, ``q1``…``q4``, ``year 2562``.

        A quarter has three where each month has one.
        """
        named: dict[str, tuple[int, ...]] = {
            f"year {self.years[index]}" if role == "year_budget" else role: (index,)
            for index, role in enumerate(self.roles)
            if role in (BUDGET, "year_budget") or is_quarter(role)
        }
        for quarter in range(1, 5) if any(map(is_month, self.roles)) else ():
            named[f"q{quarter}"] = tuple(self.roles.index(month) for month in months_of(quarter))
        return {name: named[name] for name in sorted(named)}

    @property
    def missing_quarters(self) -> tuple[str, ...]:
        """The quarters that no column was read as, where others were or the header speaks of them."""
        lost = tuple(name for name in TICK_FIELDS if name not in self.values)
        return lost if self.quarterly or len(lost) < len(TICK_FIELDS) else ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What a plan has and no column was read as: the budget, or quarters."""
        money = any(not is_quarter(name) for name in self.values)
        return (*(() if money else (BUDGET,)), *self.missing_quarters)

    @property
    def makes_a_plan(self) -> bool:
        """A plan names its rows and gives a budget, quarters or a dimension for them."""
        return "title" in self.roles and ("dimension" in self.roles or bool(self.values))


def read_columns(grid: Grid) -> Columns:
    """The roles of ``grid``'s columns from its header rows.

    A role that needs to be single (item_no, title, dimension, budget, note) goes to the column
    that resembles it most; a second one of its kind is ``other``.
    """
    headers = [grid.header(column) for column in range(grid.columns)]
    grouped = any(_speaks_of_quarters(row) for row in grid.header_rows)
    found = [_role(parts, grouped) for parts in headers]
    roles = [role for role, _, _ in found]
    for role in ("item_no", "title", "dimension", "budget", "note"):
        rivals = [index for index, own in enumerate(roles) if own == role]
        for loser in sorted(rivals, key=lambda index: -found[index][1])[1:]:
            roles[loser] = "other"
    years = _one_column_each(roles, [year for _, _, year in found])
    _without_doubles(roles)
    name_months(roles, [parts[-1] if parts else "" for parts in headers])
    _fill_quarters(roles, headers)
    _name_four(roles, grid)
    years = _in_sequence(roles, years)
    _fill_budget(roles, grid)
    names = tuple(" ".join(part.replace("\n", " ") for part in parts if part.strip()) for parts in headers)
    likeness = sum(own for role, own, _ in found if role != "other")
    return Columns(tuple(roles), tuple(years), names, grouped, likeness)


def _speaks_of_quarters(row: Row) -> bool:
    """Whether a header row says ไตรมาส, even where a line down its middle parts the word into two cells."""
    said = squeeze("".join(cell.text for _, cell in row.own_cells))
    return fuzz.partial_ratio("ไตรมาส", said) >= _LIKENESS and len(said) >= len("ไตรมาส")


def _fill_quarters(roles: list[str], headers: Sequence[tuple[str, ...]]) -> None:
    """Name a quarter whose header was not read by its place: quarters stand in order, side by side.

    Such a header is short, or under the one over the other quarters.
    """
    starts = {index - int(role[1]) for index, role in enumerate(roles) if is_quarter(role)}
    if sum(map(is_quarter, roles)) < 2 or len(starts) != 1:
        return
    start = starts.pop()
    over = {headers[index][:-1] for index, role in enumerate(roles) if is_quarter(role)} - {()}
    for quarter in range(1, 5):
        index = start + quarter
        if 0 <= index < len(roles) and roles[index] in ("other", "quarters"):
            little = roles[index] == "quarters" or _says_little(headers[index])
            if little or headers[index][:-1] in over:
                roles[index] = f"q{quarter}"


def _name_four(roles: list[str], grid: Grid) -> None:
    """Name quarters by the others' place: four columns headed 1 to 4, or of ticks under one header."""
    own = [squeeze(parts[-1]) if (parts := grid.header(column)) else "" for column in range(grid.columns)]
    headings = {_under(row, cell) for row in grid.header_rows for _, cell in row.own_cells}
    known = {index: role for index, role in enumerate(roles) if is_quarter(role)}
    for first in range(len(roles) - 3):
        four = tuple(range(first, first + 4))
        if any(is_month(roles[index]) for index in four):
            continue
        # Where every column is numbered, the count goes on.
        counted = _counts(own[first : first + 4]) and own[first + 4 : first + 5] != ["5"]
        ticked = four in headings and all(_holds_ticks(grid, index) for index in four)
        named = {index: f"q{place}" for place, index in enumerate(four, 1)}
        if (counted or ticked) and known.items() <= named.items():
            roles[first : first + 4] = named.values()
            return


def _counts(headers: Sequence[str]) -> bool:
    """Whether four squeezed headers are 1 to 4, one of them perhaps misread."""
    right = sum(header == str(place) for place, header in enumerate(headers, 1))
    return right >= 3 and all(len(header) <= _SHORT_HEADER for header in headers)


def _under(row: Row, cell: Cell) -> tuple[int, ...]:
    """The columns over which a cell of a header row stands."""
    return tuple(index for index, other in enumerate(row.cells) if other is cell)


def _holds_ticks(grid: Grid, column: int) -> bool:
    """Whether the ink of most cells of a column was judged as that of ticks, present or not."""
    cells = [row.cell(column) for row in grid.rows]
    return sum(cell is not None and cell.tick is not None for cell in cells) > len(cells) / 2


def _one_column_each(roles: list[str], years: Sequence[int | None]) -> list[int | None]:
    """The years of the columns; a year over several columns is the plan's, and the budget's of none."""
    columns = Counter(year for year in years if year is not None)
    for index, year in enumerate(years):
        if year is not None and columns[year] > 1:
            roles[index] = "other"
    return [None if year is None or columns[year] > 1 else year for year in years]


def _without_doubles(roles: list[str]) -> None:
    """Of columns that say they are the same quarter none is: one cell over them names several."""
    doubles = {role for role, count in Counter(roles).items() if is_quarter(role) and count > 1}
    for index, role in enumerate(roles):
        if role in doubles:
            roles[index] = "other"


def _in_sequence(roles: list[str], years: list[int | None]) -> list[int | None]:
    """The years of the columns; one misread among several, or not read between them, by its place.

    Years stand side by side, each one later than the one at its left.
    """
    starts = Counter(year - index for index, year in enumerate(years) if year is not None)
    first, votes = starts.most_common(1)[0] if starts else (0, 0)
    if votes < 2 or votes * 2 <= starts.total():
        return years
    held = [index for index, year in enumerate(years) if year is not None]
    for index in range(held[0], held[-1] + 1):
        if roles[index] in ("other", "year_budget"):
            roles[index], years[index] = "year_budget", first + index
    return years


def _fill_budget(roles: list[str], grid: Grid) -> None:
    """Where no header was read as that of the budget: the one column of a plan whose cells are amounts."""
    if "title" not in roles or BUDGET in roles or "year_budget" in roles:
        return
    money = [index for index, role in enumerate(roles) if role == "other" and _holds_money(grid, index)]
    if len(money) == 1:
        roles[money[0]] = BUDGET


def _holds_money(grid: Grid, column: int) -> bool:
    texts = [squeeze(row.text(column)) for row in grid.rows]
    amounts = [text for text in texts if _MONEY.fullmatch(text)]
    return len(amounts) >= max(2, _MOSTLY * sum(map(bool, texts)))


def _says_little(parts: tuple[str, ...]) -> bool:
    return len(squeeze(parts[-1]) if parts else "") <= _SHORT_HEADER


def _role(parts: tuple[str, ...], grouped: bool) -> tuple[str, float, int | None]:
    """(role, likeness, fiscal year) of a column with header cells ``parts``, top to bottom."""
    own = squeeze(parts[-1]) if parts else ""
    if quarter := quarter_named(own, grouped):
        return f"q{quarter}", 100.0, None
    joined = squeeze("".join(parts))
    if year := _YEAR.search(joined) or (_MONEY_WORD.search(joined) and _BARE_YEAR.fullmatch(own)):
        return "year_budget", 100.0, int(year[1])
    # Above a heading there may be one over several columns, or dirt that was read as one.
    likeness, role = max(_resembled(joined), _resembled(own, _OWN_ALONE))
    return (role, likeness, None) if likeness >= _LIKENESS else ("other", likeness, None)


def _resembled(words: str, worth: float = 1.0) -> tuple[float, str]:
    """The likeness of a squeezed header to the entry that it resembles most, and that entry's role.

    One that names several things (``กิจกรรม/โครงการ``) may do so in any order: then each has that role.
    """
    plain = _UNIT.sub("", _DIRT.sub("", words))
    if not plain:
        return 0.0, "other"
    whole = max((fuzz.ratio(plain, header), role) for role, header in _known_headers())
    parts = [_resembled(part) for part in plain.split("/")] if "/" in plain else []
    several = {role for _, role in parts}
    together = (min(parts)[0], several.pop()) if len(several) == 1 else whole
    likeness, role = max(whole, together)
    return worth * likeness, role


@lru_cache(maxsize=1)
def _known_headers() -> tuple[tuple[str, str], ...]:
    text = (files("pipeline.plans") / "data" / "columns.csv").read_text(encoding="utf-8")
    return tuple(
        (row["role"], _UNIT.sub("", squeeze(row["header"]))) for row in csv.DictReader(text.splitlines())
    )
