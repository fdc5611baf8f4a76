"""Setting type: breaking Thai into lines by words, justifying, and sharing lines out over pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pythainlp.tokenize import word_tokenize

from samples.faces import Face, text_width
from samples.sheet import Piece

# A line that is shorter than this share of its measure is left as it is: pulled further it
# would look like a table.
_LEAST_FILL = 0.88


# What must not begin a line: "(บาท)" and "ต่าง ๆ" hold together; and what must not end one.
_CLOSING = re.compile(r"^[)”\"'’ๆฯ,.:;?!/]")
_OPENING = re.compile(r"[(“‘]$")


@dataclass(frozen=True, slots=True)
class SetLine:
    """Lines of text that share a baseline: each group of pieces is one line of its own.

    ``advance`` is the distance from the baseline before, in points; ``keep`` keeps it on the
    page of the line after it; ``signature`` asks for one in the space above.
    """

    groups: tuple[tuple[Piece, ...], ...]
    advance: float
    role: str = "body"
    keep: bool = False
    signature: bool = False
    rule_below: tuple[float, float] | None = None


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, spaces included, as PyThaiNLP's dictionary finds them."""
    joined: list[str] = []
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        if joined and (_CLOSING.match(word) or _OPENING.search(joined[-1])):
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)


def wrap(text: str, face: Face, first_width: float, width: float) -> list[str]:
    """Break ``text`` into lines of at most ``width`` points, the first of ``first_width``."""
    lines: list[str] = []
    current = ""
    for word in words(text):
        room = width if lines else first_width
        if current.strip() and text_width((current + word).rstrip(), face) > room:
            lines.append(current.strip())
            current = word.lstrip()
        else:
            current += word
    return [*lines, current.strip()] if current.strip() else lines


def paragraph(
    text: str,
    face: Face,
    leading: float,
    left: float,
    right: float,
    first_indent: float = 0.0,
    justify: str = "none",
    space_before: float = 0.0,
    role: str = "body",
) -> list[SetLine]:
    """``text`` between ``left`` and ``right``, its first line indented; all in points."""
    broken = wrap(text, face, right - left - first_indent, right - left)
    placed: list[SetLine] = []
    for index, line in enumerate(broken):
        x = left + first_indent if index == 0 else left
        piece = Piece(line, x, face)
        fills = text_width(line, face) >= _LEAST_FILL * (right - x)
        if justify != "none" and index < len(broken) - 1 and fills:
            piece = replace(piece, width=right - x, spread=justify)
        placed.append(SetLine(((piece,),), leading + (space_before if index == 0 else 0.0), role))
    return placed


def labelled(
    label: str,
    text: str,
    face: Face,
    leading: float,
    left: float,
    right: float,
    gap: float = 12.0,
    hang: float | None = None,
    label_face: Face | None = None,
    tail: str | None = None,
    role: str = "body",
    space_before: float = 0.0,
) -> list[SetLine]:
    """``label`` and ``text`` with a hanging indent; ``tail`` (จำนวน ๑ ชุด) stands at the right."""
    label_face = label_face or face
    start = left + (hang if hang is not None else text_width(label, label_face) + gap)
    tail_width = text_width(tail, face) if tail else 0.0
    broken = wrap(text, face, right - start, right - start)
    placed: list[SetLine] = []
    for index, line in enumerate(broken):
        pieces = [Piece(line, start, face)]
        if index == 0 and label:
            pieces.insert(0, Piece(label, left, label_face))
        placed.append(SetLine((tuple(pieces),), leading + (space_before if index == 0 else 0.0), role))
    if tail:
        room = right - start - text_width(broken[-1], face)
        end = Piece(tail, right - tail_width, face)
        if room > tail_width + 10:
            placed[-1] = replace(placed[-1], groups=((*placed[-1].groups[0], end),))
        else:
            placed.append(SetLine(((end,),), leading, role))
    return placed


def centred(
    text: str, face: Face, leading: float, centre: float, role: str = "body", keep: bool = False
) -> SetLine:
    """One line about ``centre``."""
    return SetLine(((Piece(text, centre - text_width(text, face) / 2, face),),), leading, role, keep)


def paginate(
    lines: Sequence[SetLine], first_top: float, next_top: float, bottom: float, last_bottom: float
) -> list[list[tuple[SetLine, float]]]:
    """Share ``lines`` out over pages: (line, baseline) for each, all in points.

    The first line of a page takes its whole advance below the page's top. The last page may
    run down to ``last_bottom``, since it needs no turn mark.
    """
    pages: list[list[tuple[SetLine, float]]] = [[]]
    y = first_top
    rest = sum(line.advance for line in lines)
    for index, line in enumerate(lines):
        needed = line.advance + _kept_after(lines, index)
        if pages[-1] and y + needed > bottom and y + rest > last_bottom:
            pages.append([])
            y = next_top
        y += line.advance
        rest -= line.advance
        pages[-1].append((line, y))
    return pages


def _kept_after(lines: Sequence[SetLine], index: int) -> float:
    """How much must still fit under line ``index`` because it keeps what follows with it."""
    height = 0.0
    while lines[index].keep and index + 1 < len(lines):
        index += 1
        height += lines[index].advance
    return height
