"""From the forms of the page to statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.checking.entries import DocumentView, Entry
from pipeline.checking.grammar import normalised, shown_form
from pipeline.errors import CorrectionError
from pipeline.model import Statement, SubjectKind, Verdict

_EVERY = "*"
"""The field of a form that confirms all of a row; with the plan's id as its row, all rows of the plan."""


def statements_of(view: DocumentView, form: Mapping[str, str]) -> Sequence[Statement]:
    """What a form says: of one value, of a whole row, or of an issue.

    Its fields are ``subject_id``, ``field``, ``verdict`` and, for another value, ``value``. Raises
    :class:`InvalidValueError` for what is no value, :class:`CorrectionError` for what is not on the page.
    """
    subject_id, field = form.get("subject_id", ""), form.get("field", "")
    try:
        verdict = Verdict(form.get("verdict", ""))
    except ValueError as error:
        raise CorrectionError("the form has no verdict") from error
    if field == _EVERY:
        return _confirmed(_entries_of(view, subject_id))
    if verdict is not Verdict.CORRECTED:
        return (Statement(subject_id, field, verdict),)
    value = normalised(field, form.get("value", ""))
    entry = next((e for e in view.entries if (e.subject_id, e.field) == (subject_id, field)), None)
    if entry is not None and entry.correction is None and entry.shown == shown_form(field, value):
        return (Statement(subject_id, field, Verdict.CONFIRMED),)
    return (Statement(subject_id, field, verdict, value),)


def _entries_of(view: DocumentView, subject_id: str) -> list[Entry]:
    """The values of a row that are there and that nobody settled; of a plan those of its rows as well."""
    groups = [group for group in view.groups if group.subject_id == subject_id]
    if groups and groups[0].kind is SubjectKind.PLANS:
        groups = [group for group in view.groups if f"{group.subject_id}-".startswith(f"{subject_id}-")]
    return [entry for group in groups for entry in group.unsettled]


def _confirmed(entries: Sequence[Entry]) -> Sequence[Statement]:
    if not entries:
        raise CorrectionError("nothing is left to confirm there")
    return tuple(Statement(entry.subject_id, entry.field, Verdict.CONFIRMED) for entry in entries)
