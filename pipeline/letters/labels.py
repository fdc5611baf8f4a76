"""Field labels of a letter (เรื่อง, เรียน, อ้างถึง …), found even where they were misread.

The labels and the errors that each may bear are a table, ``data/labels.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.letters.rows import THAI_LETTER, Row
from pipeline.letters.tables import read_words

JUNK_BEFORE = re.compile(r"^[\s.,:;'\"`~|_*«»“”‘’=-]+")
"""Specks read as punctuation before a label: ``. เรื่อง``, ``'เรียน``."""

SEPARATOR = re.compile(r"[\s:.…]*")
"""What stands between a label and its value: ``เรื่อง :`` and dotted leaders included."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, the field that it opens, and the character errors that are forgiven."""

    text: str
    field: str
    errors: int


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label at the start of a row: ``end`` is where its value begins in the row's text."""

    field: str
    end: int
    errors: int


@cache
def labels() -> tuple[Label, ...]:
    """The table of labels."""
    return tuple(Label(row["label"], row["field"], int(row["errors"])) for row in read_words("labels"))


@cache
def match_label(text: str) -> LabelMatch | None:
    """The label that ``text`` begins with, spaces inside it and a few misread characters forgiven.

    >>> match_label("เรื่อง ขอความอนุเคราะห์")
    LabelMatch(field='subject', end=7, errors=0)
    >>> match_label("สิงที่สงมาดวย ๑. บัญชี").field
    'encloses'
    >>> match_label("หนังสือจังหวัดกระบี่") is None
    True
    """
    lead = JUNK_BEFORE.match(text)
    start = lead.end() if lead else 0
    inked = [i for i in range(start, len(text)) if not text[i].isspace()]
    best: tuple[float, LabelMatch] | None = None
    for label in labels():
        found = _prefix(text, inked, label)
        if found is None:
            continue
        errors, used = found
        share = errors / len(label.text) - len(label.text) / 1000
        if best is None or share < best[0]:
            end = inked[used - 1] + 1
            separator = SEPARATOR.match(text, end)
            best = share, LabelMatch(label.field, separator.end() if separator else end, errors)
    return best[1] if best else None


def _prefix(text: str, inked: list[int], label: Label) -> tuple[int, int] | None:
    """(errors, characters used) of the start of ``text`` nearest to ``label``, within its errors."""
    best: tuple[int, int, int] | None = None
    for length in range(max(1, len(label.text) - label.errors), len(label.text) + label.errors + 1):
        if length > len(inked):
            break
        prefix = "".join(text[i] for i in inked[:length])
        errors = Levenshtein.distance(prefix, label.text, score_cutoff=label.errors)
        # A misread label is believed only where a space or the end of the row follows it, and
        # only if it still begins or ends as the label does.
        if errors > label.errors or (errors and not _stands_alone(text, inked, length)):
            continue
        if errors and prefix[0] != label.text[0] and prefix[-1] != label.text[-1]:
            continue
        key = (errors, abs(length - len(label.text)), length)
        if best is None or key < best:
            best = key
    return (best[0], best[2]) if best else None


def _stands_alone(text: str, inked: list[int], length: int) -> bool:
    end = inked[length - 1] + 1
    return end >= len(text) or not THAI_LETTER.match(text[end])


def label_follows(rows: Sequence[Row], index: int, current: str) -> bool:
    """Whether เรียน or ถึง still follows close by, so that a row here can't be body yet."""
    if current not in ("", "office", "number", "date", "subject"):
        return False
    return labels_below(rows, index, ("recipient", "to", "subject"))


def labels_below(rows: Sequence[Row], index: int, fields: tuple[str, ...]) -> bool:
    """Whether the label of one of ``fields`` stands in one of the next rows."""
    labels = (match_label(row.text) for row in rows[index + 1 : index + 6])
    return any(label and label.field in fields for label in labels)
