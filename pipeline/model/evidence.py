"""Why a value is what it is, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.model.geometry import Box
from pipeline.model.rules import Rule, Step, codes_of, details_of, told


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: one row of ``field_evidence``.

    ``value`` is what was concluded (text, as the dataset shows it; None where nothing could be
    concluded), ``raw`` what the page says, ``steps`` the rule that made it and those that changed, confirmed
    or doubted it, and ``alternatives`` other values with their probabilities.
    """

    field: str
    value: str | None
    raw: str
    page: int
    box: Box | None
    confidence: float
    steps: tuple[Step, ...]
    alternatives: tuple[tuple[str, float], ...] = ()

    def because(self, rule: Rule, detail: str = "") -> Evidence:
        """The same, with one more rule that had to do with it."""
        return replace(self, steps=(*self.steps, Step(rule, detail)))

    def by(self, rule: Rule) -> bool:
        """Whether a rule had to do with it."""
        return any(step.rule is rule for step in self.steps)

    @property
    def reason(self) -> str:
        """What its rules say, for reading."""
        return told(codes_of(self.steps), details_of(self.steps))


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
