"""Positions that were hardly read, known from the office that writes."""

from __future__ import annotations

import pytest

from pipeline.letters.posts import settle_position
from pipeline.model import Evidence, Rule, Step

DISTRICT, DEPARTMENT = "ที่ว่าการอำเภอโพธาราม", "กรมส่งเสริมการปกครองท้องถิ่น"


def settled(sender: str, read: str, confidence: float = 0.1) -> Evidence:
    fields = {
        "sender": Evidence("sender", sender, sender, 1, None, 0.95, (Step(Rule.OFFICE_KNOWN),)),
        "signer_position": Evidence(
            "signer_position", read, read, 1, None, confidence, (Step(Rule.LINES_BELOW_NAME),)
        ),
    }
    return settle_position(fields)["signer_position"]


@pytest.mark.parametrize(
    ("sender", "read", "printed"),
    [
        (DISTRICT, "ยอำเภอโพธาราม", "นายอำเภอโพธาราม"),
        (DISTRICT, "ปลัดอำเภอ รักษาราชการแทน นายอำเภอโพรารม", "ปลัดอำเภอ รักษาราชการแทน นายอำเภอโพธาราม"),
        ("กองคลัง องค์การบริหารส่วนตำบลหนองบัว", "นายกองค์การบริหาสตำบลหนองบัว", "นายกองค์การบริหารส่วนตำบลหนองบัว"),
        ("สำนักงานสาธารณสุขอำเภอบางปะอิน", "สาธารณสุขอินเภอบางปะอิน", "สาธารณสุขอำเภอบางปะอิน"),
    ],
)
def test_a_position_hardly_read_is_the_post_at_the_senders_office(sender, read, printed):
    position = settled(sender, read)
    assert (position.value, position.raw) == (printed, read)
    assert position.alternatives == ((read, 0.1),)
    assert position.steps[-1].rule is Rule.POST_NEAREST


@pytest.mark.parametrize(
    ("sender", "read", "confidence"),
    [
        (DISTRICT, "ยอำเภอโพธาราม", 0.6),  # read well enough to stand
        (DISTRICT, "นายอำเภอบ้านโป่ง", 0.1),  # of another district
        (DEPARTMENT, "รองอธิบดีกรมส่งเสริมการปกครองท้องถิ่น", 0.1),
        ("สำนักงาน ก.จ.", "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น เลขานุการ ก.จ.", 0.1),
    ],
)
def test_a_position_that_is_sure_or_a_post_already_or_of_elsewhere_stands(sender, read, confidence):
    assert settled(sender, read, confidence).value == read
