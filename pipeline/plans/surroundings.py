"""What stands around a plan table: title, organisation, fiscal year, ข้อมูล ณ วันที่, reporter and legend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import regex

from pipeline.model import Line, Page
from pipeline.thai import find_dates, repair, squeeze, to_arabic

T = TypeVar("T")

_OWNER_LINES = 4
"""Lines from the title on in which the organisation is looked for; further down others are named."""

_TITLE_START = regex.compile(r"แผน(?!ก(?!าร)|ที่|ผัง)|รายงานผล|บัญชีโครงการ|รายละเอียดโครงการ|สรุปโครงการ")
"""How a plan's title begins: ``แผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2565 ของ …`` (not แผนก, แผนที่, แผนผัง)."""

_OWNER = regex.compile(
    r"(?:ของ\s*)?((?:องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เทศบาล(?:ตำบล|เมือง|นคร)|เมืองพัทยา|กรุงเทพมหานคร|อบต\.|อบจ\.|"
    r"กรม|สำนักงาน|จังหวัด|อำเภอ|โรงพยาบาล|มหาวิทยาลัย|โรงเรียน|สถาบัน|กระทรวง)\s?[^\d(]*)$"
)
"""The organisation that ends a title: ``ของ องค์การบริหารส่วนตำบลคลองท่อมใต้``."""

_FISCAL_YEAR = regex.compile(r"(?:พ\s*\.\s*ศ\s*\.|ปี(?:งบประมาณ)?)\s*(?:พ\s*\.\s*ศ\s*\.)?\s*(25\d\d)")
"""``พ.ศ. 2565``, ``ประจำปีงบประมาณ พ.ศ. 2565`` (after digits were made Arabic)."""

_YEARS = regex.compile(r"25\d\d\s*\)?\s*[-–—]\s*\(?(?:พ\s*\.\s*ศ\s*\.\s*)?25\d\d")
"""Several years: ``พ.ศ. 2561 - 2564``."""

_AS_OF = regex.compile(r"ข้อมูล\s*ณ\s*วันที่")
_REPORTER = regex.compile(r"(?:ผู้(?:ออก)?รายงาน|ผู้จัดทำ(?:รายงาน)?)\s*[:：.]*\s*(\S.*)$")
"""``ชื่อ - สกุล ผู้ออกรายงาน นายสมชาย ใจดี``."""

_LEGEND = regex.compile(r"(มิติ|มิตี)\s*(?:ที่\s*)?(\d)\s*(?:[:.=-]\s*)?(\S.*)$")
"""``มิติ 1 การสร้างสังคมที่ไม่ทนต่อการทุจริต`` (after digits were made Arabic)."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, and the line and page that say it; ``raw`` is what they say."""

    value: T
    raw: str
    line: Line
    page: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Text around a plan table; each is None where the page has no such thing."""

    title: Found[str] | None
    organisation: Found[str] | None
    fiscal_year_be: Found[int] | None
    as_of_date: Found[str] | None
    reporter: Found[str] | None
    legend: tuple[tuple[str, str], ...]


def read_surroundings(pages: Sequence[Page]) -> Surroundings:
    """What the lines of ``pages`` (those that hold one plan) say about it."""
    title = _title(pages)
    titles = [title] if title else []
    lines = [Found(repair(line.text), line.text, line, page.number) for page in pages for line in page.lines]
    # What stands before the title belongs to another document on the same page.
    first = next((at for at, said in enumerate(lines) if title and said.line is title.line), 0)
    after = lines[first:]
    return Surroundings(
        title=title,
        organisation=_first(_owner, [*titles, *after[:_OWNER_LINES]]),
        fiscal_year_be=_first(_fiscal_year, titles),
        as_of_date=_first(_as_of, after),
        reporter=_first(_reporter, after),
        legend=tuple(
            (found[2], found[3].strip()) for said in after if (found := _LEGEND.match(to_arabic(said.value)))
        ),
    )


def _first(find: Callable[[str], T | None], texts: Sequence[Found[str]]) -> Found[T] | None:
    """What is found in the first of ``texts`` that says it."""
    for said in texts:
        value = find(said.value)
        if value is not None:
            return Found(value, said.raw, said.line, said.page)
    return None


def _title(pages: Sequence[Page]) -> Found[str] | None:
    """The last line above the first table that begins as a plan's title, with those that go on with it.

    The last, since a page of a transcript may hold a letter about the plan above the plan itself.
    """
    for page in pages:
        table_top = min((table.box.y0 for table in page.tables), default=float(page.height))
        above = [line for line in page.lines if line.box.y0 < table_top]
        starts = [place for place, line in enumerate(above) if _TITLE_START.match(squeeze_start(line.text))]
        if starts:
            first = above[starts[-1]]
            near = [line for line in above[starts[-1] + 1 :] if _follows(first, line)]
            raw = " ".join(line.text for line in (first, *near))
            return Found(repair(raw), raw, first, page.number)
    return None


def _follows(first: Line, line: Line) -> bool:
    return line.box.y0 - first.box.y0 < 4 * max(first.box.height, 1.0)


def squeeze_start(text: str) -> str:
    """The beginning of a line as it compares with title words."""
    return squeeze(repair(text))[:40]


def _owner(text: str) -> str | None:
    found = _OWNER.search(text)
    return found[1].strip() or None if found else None


def _fiscal_year(title: str) -> int | None:
    """The one year that a title names; a plan over several years has none."""
    years = set(_FISCAL_YEAR.findall(to_arabic(title)))
    if len(years) != 1 or _YEARS.search(to_arabic(title)):
        return None
    return int(years.pop())


def _as_of(text: str) -> str | None:
    found = _AS_OF.search(text)
    dates = find_dates(text[found.end() :]) if found else ()
    return dates[0].date.iso if dates else None


def _reporter(text: str) -> str | None:
    found = _REPORTER.search(text)
    return found[1].strip() if found else None
