"""An office that was hardly read, beside the agency code of the letter's number."""

from __future__ import annotations

import pytest

from pipeline.letters.misread_office import mend_office
from pipeline.model import Evidence, Rule, Step
from pipeline.thai import parse_number


def sender_after(read: str, confidence: float, number: str) -> Evidence:
    evidence = Evidence("sender", read, read, 1, None, confidence, (Step(Rule.OFFICE_AT_UPPER_RIGHT),))
    return mend_office({"sender": evidence}, parse_number(number))["sender"]


def test_a_hardly_read_office_is_the_one_of_the_agency_code() -> None:
    sender = sender_after("สำนักงานการตรวจ Jินเผนดิน", 0.12, "ตผ 0025/7")
    assert sender.value == "สำนักงานการตรวจเงินแผ่นดิน"
    assert sender.raw == "สำนักงานการตรวจ Jินเผนดิน"
    assert "agency code" in sender.reason


def test_a_short_name_of_the_agency_is_one_of_its_names() -> None:
    assert sender_after("สำนักงาน ป.ป.ข.", 0.5, "ปช 0004/51").value == "สำนักงาน ป.ป.ช."


def test_an_office_that_nobody_knows_is_the_one_of_the_code_a_slip_away() -> None:
    sender = sender_after("กรมควบคุมี้โรค", 0.65, "สธ 0404.4/7")
    assert sender.value == "กรมควบคุมโรค"
    assert sender.confidence < 0.6


@pytest.mark.parametrize(
    ("read", "confidence", "number"),
    [
        ("กรมทางหลวง", 0.65, "คค 0701/7"),  # a known office, a slip away from none of the code
        ("สำนักงานการตรวจเงินแผนดิน", 0.93, "ตผ 0025/7"),  # surely read: not ours to change
        ("สำนักงานจังหวัดกระบี่", 0.4, "กบ 0017.2/100"),  # shares the code, is another office
        ("กรมที่ดิน", 0.4, "มท 0301/5"),
    ],
)
def test_other_offices_stay_as_read(read: str, confidence: float, number: str) -> None:
    sender = sender_after(read, confidence, number)
    assert (sender.value, sender.confidence) == (read, confidence)


@pytest.mark.parametrize(
    ("read", "number"),
    [("กรมการปกครอง", "มท 0301/5"), ("ศาลากลางจังหวัดระนอง", "รน 0017/5"), ("จังหวัดระนอง", "รน 0017/5")],
)
def test_an_office_of_the_code_is_believed_however_badly_it_was_read(read: str, number: str) -> None:
    sender = sender_after(read, 0.4, number)
    assert (sender.value, sender.confidence) == (read, 0.8)
