"""Lines of a page made ready for reading, and passages that run over several of them.

A :class:`Row` is a recognised line with its page and its repaired text. A :class:`Passage` joins
the rows of one field (a subject of two lines, an อ้างถึง item of three) into one text and still
knows where each of its characters stands, so that every value can show its box and its raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from math import prod

from pipeline.model import Box, Character, Line, Page
from pipeline.thai import repair

THAI_LETTER = re.compile(r"[ก-ฺเ-๎]")
"""One Thai letter, vowel or mark but no digit: ``ก``, ``ำ``, ``่``."""

TINY = 1e-9
"""Keeps a quotient of probabilities finite."""

DOUBTFUL = 0.6
"""Characters less sure than this at the edge of a row may be noise."""

WIDE_GAP = 6.0
"""A gap of this many body heights between two words separates two columns of a letterhead."""

MARGIN_GAP = 4.0
"""A gap of this many body heights behind a single character: that is a mark in the margin."""

BARE_LABEL = re.compile(r"^\W*(?:ที่?|เรื่?อง|เรียน|ถึง|อ้างถึง|สิ่งที่ส่งมาด้วย|(?:\S+\s*ณ\s*)?วันที่?|ส่วนราชการ)\W*$")
"""A label alone, ``ประกาศ ณ วันที่`` among them: the gap behind it is a tab stop or room for a day that is
written in, not another column."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A line as letters are read from it. ``text`` is ``line.text`` repaired and stripped.

    ``gap`` is the free height above it, up to the row before, in heights of a full row.
    """

    page: int
    line: Line
    text: str
    gap: float = 0.0

    @property
    def box(self) -> Box:
        return self.line.box

    @property
    def left(self) -> float:
        """Where its text begins: noise beside it may widen the box, and be read as something doubtful."""
        sure = (char.x0 for char in self.line.characters if char.confidence > DOUBTFUL and char.text.strip())
        return next(sure, self.box.x0)

    @property
    def height(self) -> float:
        return self.line.body_height or max(1.0, self.line.box.height * 0.5)


def has_places(page: Page) -> bool:
    """Whether boxes say where lines stand on paper: false for a transcript, whose boxes only count lines."""
    return any(line.engine != "transcript" for line in page.all_lines)


def rows_of(page: Page, lines: Iterable[Line]) -> tuple[Row, ...]:
    """Non-empty rows in reading order; a line across two columns becomes two rows."""
    rows: list[Row] = []
    for line in lines:
        for part in _columns(line):
            text = repair(part.text).strip()
            if text:
                rows.append(Row(page.number, part, text, _gap(rows[-1] if rows else None, part)))
    return tuple(rows)


def _gap(before: Row | None, line: Line) -> float:
    if before is None:
        return 10.0
    # A row of digits alone is low; a full row with marks is about two consonants high.
    height = max(1.0, line.box.height, 2 * (line.body_height or 0.0))
    return max(0.0, (line.box.y0 - before.box.y1) / height)


def _columns(line: Line) -> list[Line]:
    """Split a line where a gap is too wide to be a space within a sentence."""
    inked = [char for char in line.characters if char.text.strip()]
    if not inked or line.body_height is None:
        return [line]
    heights = [(inked[i].x0 - inked[i - 1].x1) / line.body_height for i in range(1, len(inked))]
    wide = [i for i, gap in enumerate(heights, start=1) if gap > (MARGIN_GAP if i == 1 else WIDE_GAP)]
    cuts = [i for i in wide if not BARE_LABEL.match("".join(char.text for char in inked[:i]))]
    if not cuts:
        return [line]
    edges = [line.box.x0] + [(inked[i - 1].x1 + inked[i].x0) / 2 for i in cuts] + [line.box.x1]
    return [part_of(line, left, right) for left, right in pairwise(edges)]


def part_of(line: Line, left: float, right: float) -> Line:
    """The characters of ``line`` whose centre lies between two x positions, as a line of its own."""
    chars = tuple(char for char in line.characters if left <= (char.x0 + char.x1) / 2 < right)
    if not chars:
        return replace(line, text="", characters=())
    x0 = max(left, min(char.x0 for char in chars))
    x1 = min(right, max(char.x1 for char in chars))
    box = Box(x0, line.box.y0, max(x0, x1), line.box.y1)
    share = len(chars) / max(1, len(line.characters))
    return replace(
        line,
        text="".join(char.text for char in chars),
        box=box,
        characters=chars,
        confidence=line.confidence**share,
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a piece of a passage stands, what the page says there, and how surely it was read."""

    page: int
    box: Box
    raw: str
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Rows joined into one text; ``offsets`` say where in ``text`` each row begins."""

    rows: tuple[Row, ...]
    text: str
    offsets: tuple[int, ...]
    skipped: int = 0

    @staticmethod
    def of(rows: Sequence[Row], skip: int = 0) -> Passage:
        """Join rows, leaving out the first ``skip`` characters of the first one (its label).

        Thai breaks lines between words without a space, so Thai letters meet directly; anything
        else (digits, brackets, Latin) keeps a space where the line ended.
        """
        text, offsets = "", []
        for index, row in enumerate(rows):
            part = row.text[skip:] if index == 0 else row.text
            if text and not _meet(text, part):
                text += " "
            offsets.append(len(text))
            text += part
        return Passage(tuple(rows), text, tuple(offsets), skip)

    def split(self, at: int) -> tuple[Passage, Passage]:
        """The passages before and behind a place in ``text``."""
        index = max(i for i, offset in enumerate(self.offsets) if offset <= at)
        row, lead = self.rows[index], self.skipped if index == 0 else 0
        cut = at - self.offsets[index] + lead
        head = Passage(
            (*self.rows[:index], replace(row, text=row.text[:cut])),
            self.text[:at],
            self.offsets[: index + 1],
            self.skipped,
        )
        return head, Passage.of((row, *self.rows[index + 1 :]), cut)

    def pieces(self, start: int, stop: int) -> list[tuple[Row, int, int]]:
        """The rows under ``text[start:stop]``, each with the range of its own text."""
        pieces: list[tuple[Row, int, int]] = []
        for index, (row, offset) in enumerate(zip(self.rows, self.offsets, strict=True)):
            lead = self.skipped if index == 0 else 0
            first, last = max(start, offset) - offset, min(stop, offset + len(row.text) - lead) - offset
            if last > first:
                pieces.append((row, first + lead, last + lead))
        return pieces

    def place(self, start: int, end: int) -> tuple[Row, int, int] | None:
        """The row, and the range of its text, that hold ``text[start:end]`` whole; None across rows."""
        pieces = self.pieces(start, end)
        return pieces[0] if len(pieces) == 1 else None

    def extent(self, start: int = 0, end: int | None = None) -> Extent:
        """Page, box, raw text and confidence of ``text[start:end]``; the page is that of its first row."""
        pieces = self.pieces(start, len(self.text) if end is None else end)
        if not pieces:
            pieces = [(self.rows[0], 0, 0)]
        confidence = 1.0
        for piece in pieces:
            confidence *= span_confidence(*piece)
        return Extent(
            page=pieces[0][0].page,
            box=Box.around(span_box(*piece) for piece in pieces if piece[0].page == pieces[0][0].page),
            raw=" ".join(raw_span(*piece) for piece in pieces).strip(),
            confidence=confidence,
        )


def _meet(left: str, right: str) -> bool:
    return bool(right and THAI_LETTER.match(left[-1]) and THAI_LETTER.match(right[0]))


# ---------------------------------------------------------------------- repaired text ↔ the page


def raw_range(row: Row, start: int, end: int) -> tuple[int, int]:
    """Offsets in ``row.line.text`` of ``row.text[start:end]``, which repair may have moved."""
    raw = row.line.text
    if raw == row.text:
        return start, end
    first, last = len(raw), 0
    for block in SequenceMatcher(None, raw, row.text, autojunk=False).get_matching_blocks():
        low, high = max(start, block.b), min(end, block.b + block.size)
        if high > low:
            first = min(first, block.a + low - block.b)
            last = max(last, block.a + high - block.b)
    return (first, last) if last > first else (0, len(raw))


def raw_span(row: Row, start: int, end: int) -> str:
    """What the page says at ``row.text[start:end]``, before repair."""
    first, last = raw_range(row, start, end)
    return row.line.text[first:last]


def span_box(row: Row, start: int, end: int) -> Box:
    """The box of a part of a row: exact where characters have places, else the whole row."""
    chars = row.line.characters
    if len(chars) != len(row.line.text):
        return row.box
    first, last = raw_range(row, start, end)
    held = [char for char in chars[first:last] if char.text.strip()]
    if not held:
        return row.box
    x0 = min(char.x0 for char in held)
    return Box(x0, row.box.y0, max(x0, *(char.x1 for char in held)), row.box.y1)


def span_confidence(row: Row, start: int, end: int) -> float:
    """Probability that a part of a row was read right.

    The product over its characters where the recogniser gave them, and its share of the probability that
    characters were left out, which the row's own confidence knows; else its share of the latter, as if errors
    fell evenly on the row.
    """
    share = min(1.0, (end - start) / max(1, len(row.text)))
    chars = row.line.characters
    if len(chars) != len(row.line.text) or not chars:
        return float(row.line.confidence**share)
    first, last = raw_range(row, start, end)
    complete = min(1.0, row.line.confidence / max(_all_right(chars), TINY))
    return float(_all_right(chars[first:last]) * complete**share)


def _all_right(chars: Sequence[Character]) -> float:
    return prod(char.confidence for char in chars if char.text.strip())
