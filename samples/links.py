"""The links of a chain of letters, before they have their words."""

from __future__ import annotations

from dataclasses import dataclass

from samples.content import LetterDate, NumberParts
from samples.offices import Office


@dataclass(frozen=True, slots=True)
class Link:
    """A letter of the chain before it has its words: who wrote it, when, under which number."""

    office: Office
    number: NumberParts
    date: LetterDate
    urgency: str | None
    subject: str
