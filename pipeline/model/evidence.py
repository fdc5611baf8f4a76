"""Why a value is what it is, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.geometry import Box


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: one row of ``field_evidence``.

    ``value`` is what was concluded (text, as the dataset shows it; None where nothing could be
    concluded), ``raw`` what the page says, ``rule`` the name of the rule that made it, and
    ``alternatives`` other values with their probabilities.
    """

    field: str
    value: str | None
    raw: str
    page: int
    box: Box | None
    confidence: float
    rule: str
    alternatives: tuple[tuple[str, float], ...] = ()


class Severity(StrEnum):
    """How much an issue matters to a person who looks."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a person should look at; ``code`` is stable, ``message`` is for reading.

    ``about`` tells several issues of one code apart, such as ``reference[0]`` or ``plan[0].row[5]``; it is
    empty where the code says all.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    page: int | None = None
    about: str = ""
