"""What stands around a plan table: title, organisation, fiscal year, ข้อมูล ณ วันที่, reporter and legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.model import Line, Page
from pipeline.thai import find_dates, repair, squeeze, to_arabic

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
class Surroundings:
    """Text around a plan table; each is None where the page has no such thing."""

    title: str | None = None
    title_line: Line | None = None
    title_page: int = 1
    organisation: str | None = None
    fiscal_year_be: int | None = None
    as_of_date: str | None = None
    reporter: str | None = None
    legend: tuple[tuple[str, str], ...] = ()


def read_surroundings(pages: Sequence[Page]) -> Surroundings:
    """What the lines of ``pages`` (those that hold one plan) say about it."""
    title_line, title_page, title = _title(pages)
    lines = [line for page in pages for line in page.lines]
    # What stands before the title belongs to another document on the same page.
    first = next((place for place, line in enumerate(lines) if line is title_line), 0)
    after = [repair(line.text) for line in lines[first:]]
    return Surroundings(
        title=title,
        title_line=title_line,
        title_page=title_page,
        organisation=_organisation(title, after),
        fiscal_year_be=_fiscal_year(title),
        as_of_date=_as_of(after),
        reporter=next((found[1].strip() for text in after if (found := _REPORTER.search(text))), None),
        legend=tuple(
            (found[2], found[3].strip()) for text in after if (found := _LEGEND.match(to_arabic(text)))
        ),
    )


def _title(pages: Sequence[Page]) -> tuple[Line | None, int, str | None]:
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
            return first, page.number, repair(" ".join(line.text for line in (first, *near)))
    return None, pages[0].number if pages else 1, None


def _follows(first: Line, line: Line) -> bool:
    return line.box.y0 - first.box.y0 < 4 * max(first.box.height, 1.0)


def squeeze_start(text: str) -> str:
    """The beginning of a line as it compares with title words."""
    return squeeze(repair(text))[:40]


def _organisation(title: str | None, texts: Sequence[str]) -> str | None:
    candidates = [title] if title else []
    candidates += texts[:4]
    for text in candidates:
        if found := _OWNER.search(text):
            return found[1].strip() or None
    return None


def _fiscal_year(title: str | None) -> int | None:
    """The one year that a title names; a plan over several years has none."""
    years = set(_FISCAL_YEAR.findall(to_arabic(title))) if title else set()
    if len(years) != 1 or (title and _YEARS.search(to_arabic(title))):
        return None
    return int(years.pop())


def _as_of(texts: Sequence[str]) -> str | None:
    for text in texts:
        if found := _AS_OF.search(text):
            dates = find_dates(text[found.end() :])
            if dates:
                return dates[0].date.iso
    return None
