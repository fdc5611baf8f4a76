"""Letters under a seal: the date in it, and the office that the letter speaks of where it can't be read."""

from __future__ import annotations

import pytest
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.letters.seal import SPEAKING_OFFICE


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("พร้อมนี้ สำนักงาน ก.ท.ขอส่งหนังสือ ที่ มท ๐๘๐๙.๒/๓๗๐๕", "สำนักงาน ก.ท."),
        ("พร้อมนี้ กรมอนามัยขอส่งสำเนาหนังสือ", "กรมอนามัย"),
        ("กรมโยธาธิการและผังเมือง จึงขอแจ้งให้ทราบ", "กรมโยธาธิการและผังเมือง"),
        ("ในการนี้ จังหวัดเลยขอส่งสำเนาคำสั่ง", "จังหวัดเลย"),
    ],
)
def test_the_whole_name_of_the_office_is_taken(text: str, office: str) -> None:
    found = SPEAKING_OFFICE.search(text)
    assert found is not None
    assert found["office"].strip() == office


@pytest.mark.parametrize(("date", "doubtful"), [("๘ กันยายน ๒๕๕๕", True), ("๑๘ กันยายน ๒๕๕๕", False)])
def test_day_of_one_digit_in_a_seal_is_for_review(date: str, doubtful: bool) -> None:
    lines = [
        [170, 260, "ที่ ยธ ๐๔๑๘/ว ๒๗"],
        [170, 320, "ถึง ประธาน ก.พ.ร."],
        [270, 380, "พร้อมหนังสือนี้ กรมคุ้มครองสิทธิและเสรีภาพ ขอส่งรายงานผลการดำเนินงาน"],
    ]
    office = [650, 560, "กรมคุ้มครองสิทธิและเสรีภาพ"]
    seal = {"shape": "seal", "box": [620, 520, 920, 820], "lines": [office, [680, 600, date]]}
    (document,) = read_documents([page_of(1, {"lines": lines, "stamps": [seal]})])
    assert document.letter is not None
    assert document.letter.date == ("2012-09-08" if doubtful else "2012-09-18")
    assert ("date_doubtful" in {issue.code for issue in document.issues}) == doubtful


def test_name_torn_by_the_seal_is_that_of_which_the_body_speaks() -> None:
    lines = [
        [170, 260, "ที่ นร ๐๕๐๘/ว ๑๔๘๘๙"],
        [170, 300, "ถึง ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาทุกเขต"],
        [320, 360, "พร้อมนี้ สำนักเลขาธิการคณะรัฐมนตรี ขอส่งเอกสารมาเพื่อทราบและดำเนินการ"],
        [680, 620, "สำนักเ"],
        [890, 620, "รัฐมนตรี"],
        [170, 780, "ฝ่ายอำนวยการ"],
    ]
    (document,) = read_documents([page_of(1, {"lines": lines})])
    assert document.letter is not None
    assert document.letter.sender == "สำนักเลขาธิการคณะรัฐมนตรี"
    assert document.letter.needs_review
