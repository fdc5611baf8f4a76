"""Putting whole lines on a sheet: print and handwriting together, recorded as one line of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Box, Ink
from samples.geometry import TextLine
from samples.handwriting import write_by_hand
from samples.sheet import Piece, Sheet


def set_line(sheet: Sheet, pieces: Sequence[Piece], y: float, role: str = "body") -> TextLine:
    """Put ``pieces`` on the baseline at ``y`` (points) and say where they are, in pixels.

    A line of print with a hand-written insertion is a line of print.
    """
    drawn = [piece for piece in pieces if piece.text.strip()]
    runs = tuple(write_by_hand(sheet, p, y) if p.ink is Ink.PEN else sheet.print_piece(p, y) for p in drawn)
    text = "".join(p.glue + p.text if i else p.text for i, p in enumerate(drawn))
    main = next((p for p in drawn if p.ink is not Ink.PEN), drawn[0])
    baseline = y * sheet.scale
    return TextLine(
        text=" ".join(text.split()),
        box=Box.around(run.box for run in runs),
        baseline_left=baseline,
        baseline_right=baseline,
        body_height=main.face.body_height * sheet.scale,
        ink=main.ink,
        runs=runs,
        role=role,
    )


def write_line(sheet: Sheet, pieces: Sequence[Piece], y: float, role: str = "body") -> TextLine:
    """Like :func:`set_line`, and keep the line among those of the sheet."""
    line = set_line(sheet, pieces, y, role)
    sheet.lines.append(line)
    return line


def as_stamped(line: TextLine) -> TextLine:
    """``line`` as part of a stamp: what is not by pen is stamp ink."""
    runs = tuple(run if run.ink is Ink.PEN else replace(run, ink=Ink.STAMP) for run in line.runs)
    return replace(line, runs=runs, ink=line.ink if line.ink is Ink.PEN else Ink.STAMP)
