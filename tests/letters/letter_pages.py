"""Pages for the tests of letters, written down as JSON: lines with their places, stamps, tables.

A line in JSON is ``[x, y, text]`` or ``[x, y, text, confidence]``: its left edge and the top of its
consonants, in pixels of a page 1240 wide (A4 at 150 dpi). Width follows from the text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.model import Box, Cell, Line, Page, StampShape, StampText, Table

BODY = 16.0
ADVANCE = 10.0
FOLDER = Path(__file__).parent / "golden"


def load_pages(name: str) -> tuple[Page, ...]:
    """The pages in ``golden/<name>.pages.json``."""
    held = json.loads((FOLDER / f"{name}.pages.json").read_text(encoding="utf-8"))
    return tuple(page_of(number, page) for number, page in enumerate(held, start=1))


def page_of(number: int, held: dict[str, Any]) -> Page:
    engine = held.get("engine", "neural")
    width = held.get("width", 1240)
    return Page(
        number=number,
        width=width,
        height=held.get("height", 1754),
        dpi=150,
        lines=tuple(line_of(line, engine) for line in held.get("lines", ())),
        tables=tuple(_table(table, engine) for table in held.get("tables", ())),
        stamps=tuple(_stamp(stamp, engine) for stamp in held.get("stamps", ())),
    )


def line_of(held: list[Any], engine: str = "neural") -> Line:
    x, y, text = held[:3]
    confidence = held[3] if len(held) > 3 else 0.995
    marks = sum(char in "ัิีึืฺุู็่้๊๋์ํ๎" for char in text)
    box = Box(x, y - 0.7 * BODY, x + ADVANCE * (len(text) - marks), y + 1.4 * BODY)
    body = None if engine == "transcript" else BODY
    return Line(text, box, 1.0 if engine == "transcript" else confidence, body_height=body, engine=engine)


def _stamp(held: dict[str, Any], engine: str) -> StampText:
    lines = tuple(line_of(line, engine) for line in held["lines"])
    return StampText(Box(*held["box"]), StampShape(held["shape"]), lines)


def _table(held: dict[str, Any], engine: str) -> Table:
    x, y = held["at"]
    cells = []
    for row, texts in enumerate(held["rows"]):
        for column, text in enumerate(texts):
            line = line_of([x + 150 * column, y + 30 * row, text], engine)
            box = Box(x + 150 * column, y + 30 * row - 15, x + 150 * (column + 1), y + 30 * row + 15)
            cells.append(Cell(row, column, 1, 1, box, (line,) if text else ()))
    columns = len(held["rows"][0])
    box = Box(x, y - 15, x + 150 * columns, y + 30 * len(held["rows"]) - 15)
    return Table(box, len(held["rows"]), columns, tuple(cells))
