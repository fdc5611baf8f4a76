"""Why references and receive stamps say what they say: evidence for each of their values.

All values of such a row were read from the same few lines, which are their raw text, with one confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Evidence, Reference, Relation, Rule, Stamp, Step

_RULES = {
    Relation.REFERS_TO: Rule.LISTED_AS_REFERENCE,
    Relation.ENCLOSES: Rule.LISTED_AS_ENCLOSURE,
    Relation.MENTIONS: Rule.NAMED_IN_TEXT,
}

_OF_REFERENCE = ("sender", "subject", "number", "date")
_OF_STAMP = ("office", "received_number", "received_date", "received_time")


def reference_evidence(references: Sequence[Reference]) -> tuple[Evidence, ...]:
    """Evidence named ``reference[0].number`` for what each reference says."""
    return tuple(
        evidence
        for at, reference in enumerate(references)
        for evidence in _evidence(reference, f"reference[{at}]", _OF_REFERENCE, _RULES[reference.relation])
    )


def stamp_evidence(stamps: Sequence[Stamp]) -> tuple[Evidence, ...]:
    """Evidence named ``stamp[0].received_number`` for what each receive stamp says."""
    return tuple(
        evidence
        for at, stamp in enumerate(stamps)
        for evidence in _evidence(stamp, f"stamp[{at}]", _OF_STAMP, Rule.IN_RECEIVE_STAMP)
    )


def _evidence(row: Reference | Stamp, name: str, fields: Sequence[str], rule: Rule) -> Iterator[Evidence]:
    for field in fields:
        value = getattr(row, field)
        if value is not None:
            others = row.number_alternatives if isinstance(row, Reference) and field == "number" else ()
            place = row.raw_text, row.page, row.box, row.confidence
            yield Evidence(f"{name}.{field}", value, *place, (Step(rule),), others)
