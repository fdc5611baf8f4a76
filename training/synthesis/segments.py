"""What a line says and how each stretch of it is made: printed, written by hand, or stamped."""

from __future__ import annotations

from dataclasses import dataclass

PRINT, HAND, STAMP = "print", "hand", "stamp"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line. ``gap`` is the extra space after it, in body heights."""

    text: str
    ink: str = PRINT
    gap: float = 0.0


Segments = tuple[Segment, ...]


def printed(text: str) -> Segments:
    """A line of one printed stretch."""
    return (Segment(text),)
