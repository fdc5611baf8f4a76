"""What a line says and how each stretch of it is made: printed, printed bold, written, or stamped."""

from __future__ import annotations

from dataclasses import dataclass

from training.synthesis.alphabet import canonical

PRINT, HEADING, HAND, STAMP = "print", "heading", "hand", "stamp"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line. ``gap`` is the room between it and the next, in body heights."""

    text: str
    ink: str = PRINT
    gap: float = 0.6


Segments = tuple[Segment, ...]


_SPACE_SEEN = 0.4  # body heights: a gap from here on is read as a space


def label(segments: Segments) -> str:
    """The canonical text of a line: stretches that stand close together are one word."""
    parts = [segment.text + (" " if segment.gap >= _SPACE_SEEN else "") for segment in segments]
    return canonical("".join(parts))


def printed(text: str) -> Segments:
    """A line of one printed stretch."""
    return (Segment(text),)
