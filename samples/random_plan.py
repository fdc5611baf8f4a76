"""Invented plan tables."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from samples.compose import Topic, person
from samples.content import ColumnKind, LetterDate, PlanColumn, PlanContent, PlanRow, PlanStyle, Typeface
from samples.faces import LETTER_FAMILIES
from samples.marks import TICKS
from samples.vocabulary import table
from samples.writing import digits

_WIDTHS = {
    ColumnKind.ITEM_NO: 5.5,
    ColumnKind.TITLE: 38.0,
    ColumnKind.DIMENSION: 6.5,
    ColumnKind.BUDGET: 15.0,
    ColumnKind.QUARTERS: 20.0,
    ColumnKind.YEARS: 52.0,
    ColumnKind.PLACE: 13.0,
    ColumnKind.RESPONSIBLE: 13.0,
    ColumnKind.NOTE: 9.5,
}


def random_plan(province: dict[str, Any], topic: Topic, chance: random.Random) -> PlanContent:
    """A plan of an invented office of that province, of quarters or, one time in four, of years."""
    organisation = chance.choice(("องค์การบริหารส่วนตำบล", "เทศบาลตำบล")) + chance.choice(province["towns"])
    of_years = chance.random() < 0.25
    years = tuple(range(topic.year, topic.year + chance.choice((3, 4, 5)))) if of_years else ()
    style = _style(of_years, chance)
    columns = _columns(of_years, style.merged_dimensions, chance)
    has_dimension = any(column.kind is ColumnKind.DIMENSION for column in columns)
    if style.merged_dimensions and not has_dimension:
        style = replace(style, merged_dimensions=False)
    rows = _rows(organisation, topic.year, years, style.merged_dimensions, chance)
    dimensions = table("plan_titles")["dimensions"]
    return PlanContent(
        title=_title(topic, organisation, years, style.thai_digits, chance),
        organisation=organisation,
        fiscal_year_be=None if of_years else topic.year,
        columns=columns,
        rows=rows,
        years=years,
        totals=chance.random() < 0.85,
        totals_word=chance.choice(("รวมทั้งสิ้น", "รวม", "รวมทั้งหมด")),
        as_of=LetterDate(topic.year, chance.randint(1, 12), chance.randint(1, 28))
        if chance.random() < 0.6
        else None,
        reporter=person(chance) if chance.random() < 0.5 else None,
        legend=tuple(f"มิติ {place} {text}" for place, text in enumerate(dimensions, start=1))
        if chance.random() < 0.6
        else (),
        dimension_names=tuple(dimensions),
        style=style,
        typeface=Typeface(
            chance.choice(("Laksaman", "Laksaman", *LETTER_FAMILIES)),
            5.2,
            round(chance.uniform(15.6, 17.2), 1),
        ),
    )


def _style(of_years: bool, chance: random.Random) -> PlanStyle:
    return PlanStyle(
        thai_digits=chance.random() < 0.5,
        tick=chance.choice(TICKS),
        # Five columns of millions with satang would not fit on the page.
        money="whole" if of_years else chance.choice(("two_decimals", "whole")),
        ruling=chance.choice((*["full"] * 11, "no_outer", "no_outer", "faint", "faint", "none")),
        header_repeated=chance.random() < 0.7,
        title_repeated=chance.random() < 0.5,
        header_shaded=chance.random() < 0.3,
        split_rows=chance.random() < 0.4,
        landscape=of_years or chance.random() < 0.25,
        header_under_years=chance.random() < 0.5,
        merged_dimensions=chance.random() < 0.2,
    )


def _columns(of_years: bool, merged: bool, chance: random.Random) -> tuple[PlanColumn, ...]:
    """ลำดับ and the title first, most often; the rest in any order, the note last."""
    middle = [ColumnKind.YEARS] if of_years else [ColumnKind.BUDGET, ColumnKind.QUARTERS]
    if chance.random() < 0.7:
        middle.append(ColumnKind.DIMENSION)
    optional = [kind for kind in (ColumnKind.PLACE, ColumnKind.RESPONSIBLE) if chance.random() < 0.25]
    middle += optional[:1]
    chance.shuffle(middle)
    kinds = [ColumnKind.ITEM_NO, ColumnKind.TITLE, *middle]
    if merged and ColumnKind.DIMENSION in middle:
        # A dimension that is a merged cell with its name stands first, as a heading would.
        kinds = [ColumnKind.DIMENSION, *(kind for kind in kinds if kind is not ColumnKind.DIMENSION)]
    if chance.random() < 0.7:
        kinds.append(ColumnKind.NOTE)
    headers = table("plan_titles")["headers"]
    return tuple(PlanColumn(kind, chance.choice(headers[kind.value]), _width(kind, merged)) for kind in kinds)


def _width(kind: ColumnKind, merged: bool) -> float:
    return 15.0 if merged and kind is ColumnKind.DIMENSION else _WIDTHS[kind]


def _title(topic: Topic, organisation: str, years: tuple[int, ...], thai: bool, chance: random.Random) -> str:
    plan = topic.entry["plan"]
    if years:
        return digits(f"{plan} {len(years)} ปี (พ.ศ. {years[0]} - {years[-1]}) {organisation}", thai)
    form = chance.choice(("{plan} พ.ศ. {year} ของ {office}", "{plan} ประจำปีงบประมาณ พ.ศ. {year} {office}"))
    return digits(form.format(plan=plan, year=topic.year, office=organisation), thai)


def _rows(
    organisation: str, year: int, years: tuple[int, ...], grouped: bool, chance: random.Random
) -> tuple[PlanRow, ...]:
    """The rows, numbered through; ordered by dimension where that is a merged cell."""
    rows = [_row(0, organisation, year, years, chance) for _ in range(chance.randint(8, 34))]
    if grouped:
        rows.sort(key=lambda row: row.dimension)
    return tuple(replace(row, item_no=number) for number, row in enumerate(rows, start=1))


def _row(number: int, organisation: str, year: int, years: tuple[int, ...], chance: random.Random) -> PlanRow:
    words = table("plan_titles")
    kind = chance.choice(("โครงการ", "โครงการ", "กิจกรรม", "มาตรการ"))
    ending = chance.choice(words["endings"]).format(
        year=year, organisation=organisation, village=chance.randint(1, 6), village2=chance.randint(7, 13)
    )
    opening = chance.choice(words["openings"][kind])
    return PlanRow(
        item_no=number,
        title=f"{opening}{chance.choice(words['subjects'])}{ending}",
        dimension=chance.randint(1, 4),
        budget=_amount(chance),
        quarters=_quarters(chance),
        note=chance.choice(words["notes"]),
        place=chance.choice(words["places"]),
        responsible=chance.choice(words["responsible"]),
        year_budgets=tuple(_amount(chance) or None for _ in years),
    )


def _amount(chance: random.Random) -> float:
    """Nothing, as often as not; else a round sum."""
    return (
        0.0
        if chance.random() < 0.45
        else float(chance.randint(2, 600) * chance.choice((250, 500, 1000, 1000)))
    )


def _quarters(chance: random.Random) -> tuple[bool, bool, bool, bool]:
    """One quarter mostly, sometimes all, some, or none."""
    if chance.random() < 0.15:
        return (True, True, True, True)
    ticked = chance.sample(range(4), chance.choice((1, 1, 1, 1, 2, 3)))
    return (0 in ticked, 1 in ticked, 2 in ticked, 3 in ticked)
