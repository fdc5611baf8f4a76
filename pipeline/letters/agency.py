"""The agency that a letter's office stands for, from its name, its signer or its number."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model import Evidence, Rule, Step
from pipeline.thai import LetterNumber, agencies, canonical_office, department_of, office_of, squeeze


def sender_agency(fields: Mapping[str, Evidence], number: LetterNumber | None) -> Evidence | None:
    """``sender_agency``: the one name of the sender, whichever of its names the letterhead prints.

    Where the letterhead's name is in no table, the office that the signer acts for or that the
    number's agency code stands for is taken instead, if one is known.
    """
    sender = fields.get("sender")
    named, known = office_of(sender.value) if sender and sender.value else ("", False)
    if sender and known:
        return _evidence(sender, named, Rule.OFFICE_NAMED, 0.97)
    signed = _of_signer(fields.get("signer_position"))
    if signed:
        return signed
    if number and fields.get("number"):
        department = department_of(number.agency_letters, number.agency_digits)
        if department and not named:
            return _evidence(fields["number"], department.name, Rule.DEPARTMENT_OF_CODE, 0.8)
    if sender and named:
        return _evidence(sender, named, Rule.OFFICE_AS_PRINTED, 0.8)
    return None


def _of_signer(position: Evidence | None) -> Evidence | None:
    """The office whose head the signer is or acts for, if it is a known one."""
    if position is None or not position.value:
        return None
    words = position.value.split("แทน")[-1].strip()
    office = canonical_office(words)
    if not _known(office):
        return None
    return _evidence(position, office, Rule.OFFICE_OF_SIGNER, 0.9)


def _known(office: str) -> bool:
    return squeeze(office) in {squeeze(agency.name) for agency in agencies()}


def _evidence(source: Evidence, value: str, rule: Rule, certainty: float) -> Evidence:
    return Evidence(
        field="sender_agency",
        value=value,
        raw=source.raw,
        page=source.page,
        box=source.box,
        confidence=round(source.confidence * certainty, 4),
        steps=(Step(rule),),
    )
