"""References and receive stamps have evidence for each value, as all other values have."""

from __future__ import annotations

from pipeline.letters.row_evidence import reference_evidence, stamp_evidence
from pipeline.model import Box, Reference, Relation, Rule, Stamp

BOX = Box(1, 2, 3, 4)


def test_each_value_of_a_reference_says_where_it_stands_and_why() -> None:
    raw = "หนังสือกรมฯ ที่ มท 0810.3/ว 2927"
    others = (("มท 0810.3/ว 2928", 0.1),)
    number = "มท 0810.3/ว 2927"
    reference = Reference(
        1, Relation.ENCLOSES, raw, 2, BOX, number=number, number_alternatives=others, confidence=0.9
    )
    mention = Reference(2, Relation.MENTIONS, "ว 10", 3, number="ว 10", date="2021-12-07")
    first, second, third = reference_evidence([reference, mention])
    assert (first.field, first.value, first.raw) == ("reference[0].number", number, raw)
    assert (first.page, first.box, first.confidence, first.alternatives) == (2, BOX, 0.9, others)
    assert first.by(Rule.LISTED_AS_ENCLOSURE)
    assert [(found.field, found.value) for found in (second, third)] == [
        ("reference[1].number", "ว 10"),
        ("reference[1].date", "2021-12-07"),
    ]
    assert third.by(Rule.NAMED_IN_TEXT)


def test_what_a_stamp_does_not_say_has_no_evidence() -> None:
    stamp = Stamp(1, BOX, "อำเภอ", None, "2021-12-20", None, 0.7, "อำเภอ\nเลขรับ\nวันที่ ๒๐ ธ.ค. ๖๔")
    office, date = stamp_evidence([stamp])
    assert (office.field, date.field, date.value) == (
        "stamp[0].office",
        "stamp[0].received_date",
        "2021-12-20",
    )
    assert (date.raw, date.confidence, date.by(Rule.IN_RECEIVE_STAMP)) == (stamp.raw_text, 0.7, True)
