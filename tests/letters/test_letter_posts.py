"""Positions that were hardly read, known from the office that writes."""

from __future__ import annotations

import pytest
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.letters.posts import settle_position
from pipeline.model import Evidence, Letter, Rule, Step

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


def announced(*below: str) -> Letter:
    """An announcement, with what was read below its date."""
    head = ["ประกาศกระทรวงศึกษาธิการ", "เรื่อง การรับสมัครบุคคลเพื่อสอบคัดเลือก"]
    lines = [[480, 200 + 40 * at, text] for at, text in enumerate(head)]
    lines += [[260, 320, "ด้วยกระทรวงศึกษาธิการกำหนดรับสมัครบุคคลเพื่อสอบคัดเลือกเข้ารับราชการ"]]
    lines += [[400, 500, "ประกาศ ณ วันที่ ๘ กุมภาพันธ์ ๒๕๖๐"]]
    lines += [[700, 700 + 35 * at, text] for at, text in enumerate(below)]
    (document,) = read_documents([page_of(1, {"lines": lines})])
    assert document.letter is not None
    return document.letter


def test_signer_of_an_announcement_is_read_below_its_date_with_half_of_his_name() -> None:
    letter = announced("ศักดิ์ ภักดีวงศ์)", "รองปชกระนEิชการแทน", "ปลัดกระทรวงศึกษาธิการ")
    assert letter.signer == "ศักดิ์ ภักดีวงศ์"
    assert letter.signer_position == "รองปชกระนEิชการแทน ปลัดกระทรวงศึกษาธิการ"


def test_speck_between_a_name_and_its_position_ends_neither() -> None:
    letter = announced("(นายปรีชา จันทร์เพ็ญ)", "๘", "ปลัดกระทรวงศึกษาธิการ")
    assert (letter.signer, letter.signer_position) == ("นายปรีชา จันทร์เพ็ญ", "ปลัดกระทรวงศึกษาธิการ")
