"""Text transcripts of another engine as pages, as if they had been read from an image."""

from __future__ import annotations

import re

from pipeline.model import Box, Line, Page, SourceFile, Table
from pipeline.pages.transcript_table import table_of

LINE_HEIGHT = 30.0
"""Synthetic pixels from line to line; a blank line leaves a gap of as much."""

CHARACTER_WIDTH = 12.0

_DPI = 150

# Ends of lines other than a line feed: of Word, of mainframes, of Unicode
_LINE_END = re.compile("\v|\x85|\u2028")
# Controls that say nothing of the text: the end of file of DOS, escapes; not tabs and form feeds
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def read_transcript(source: SourceFile, page_break: str | None = None) -> tuple[Page, ...]:
    """The pages of the transcript ``source``.

    Form feeds, and the text ``page_break`` if given, part pages. Line n of a page lies at
    y = n * 30 and is as wide as it is long, so that a blank line shows as a gap between lines.
    Neighbouring lines with tabs become a table. Nothing has characters or a lattice, and
    confidence is 1.0 throughout, since a transcript says nothing of its doubts.
    """
    text = source.path.read_text(encoding=source.encoding or "utf-8", errors="replace")
    text = _CONTROL.sub("", _LINE_END.sub("\n", text.removeprefix("\ufeff"))).rstrip()
    if page_break:
        text = text.replace(page_break, "\f")
    return tuple(_page(number, part) for number, part in enumerate(text.split("\f"), start=1))


def _page(number: int, text: str) -> Page:
    rows = text.split("\n")
    lines: list[Line] = []
    tables: list[Table] = []
    index = 0
    while index < len(rows):
        end = index
        while end < len(rows) and "\t" in rows[end]:
            end += 1
        if end > index:
            tables.append(table_of(rows[index:end], index * LINE_HEIGHT, LINE_HEIGHT, CHARACTER_WIDTH))
            index = end
            continue
        if rows[index].strip():
            lines.append(_line(rows[index], index))
        index += 1
    boxes = [line.box for line in lines] + [table.box for table in tables]
    width = max((box.x1 for box in boxes), default=CHARACTER_WIDTH)
    return Page(
        number=number,
        width=round(width),
        height=round(max(1, len(rows)) * LINE_HEIGHT),
        dpi=_DPI,
        lines=tuple(lines),
        tables=tuple(tables),
    )


def _line(row: str, index: int) -> Line:
    indent = len(row) - len(row.lstrip())
    text = row.strip()
    left = indent * CHARACTER_WIDTH
    top = index * LINE_HEIGHT
    return Line(text, Box(left, top, left + len(text) * CHARACTER_WIDTH, top + LINE_HEIGHT))
