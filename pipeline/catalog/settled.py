"""Which issues from comparing letters a person has settled by looking."""

from __future__ import annotations

from sqlalchemy import Text, cast, func, select

from pipeline.catalog.tables import corrections, review_issues
from pipeline.model import SubjectKind

_about = func.coalesce("-" + review_issues.c.about, "")
_subject_id = (
    review_issues.c.document_id
    + "-"
    + review_issues.c.code
    + "-"
    + cast(func.coalesce(review_issues.c.page, 0), Text)
    + _about
)
"""As :func:`pipeline.catalog.subjects.issue_subject_id` makes it of a row."""

SETTLED = (review_issues.c.stage == "citations") & _subject_id.in_(
    select(corrections.c.subject_id).where(
        corrections.c.subject == SubjectKind.REVIEW_ISSUES.value, corrections.c.applied
    )
)
"""Rows of ``review_issues`` at which a person looked; those of the reading go when it is amended."""
