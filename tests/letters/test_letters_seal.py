"""Letters under a seal: the date in it, and the office that the letter speaks of where it can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.letters.seal import SPEAKING_OFFICE
from pipeline.model import Ink, Page


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


@pytest.mark.parametrize(
    ("date", "iso", "doubtful"),
    [
        ("๘ กันยายน ๒๕๕๕", "2012-09-08", True),
        ("๑๘ กันยายน ๒๕๕๕", "2012-09-18", False),
        ("๑๕ เมี่ยายน ๒๕๔๘ ว๕", "2005-04-15", True),
    ],
)
def test_date_in_a_seal_is_for_review_where_it_may_be_torn(date: str, iso: str, doubtful: bool) -> None:
    lines = [
        [170, 260, "ที่ ยธ ๐๔๑๘/ว ๒๗"],
        [170, 320, "ถึง ประธาน ก.พ.ร."],
        [270, 380, "พร้อมหนังสือนี้ กรมคุ้มครองสิทธิและเสรีภาพ ขอส่งรายงานผลการดำเนินงาน"],
    ]
    office = [650, 560, "กรมคุ้มครองสิทธิและเสรีภาพ"]
    seal = {"shape": "seal", "box": [620, 520, 920, 820], "lines": [office, [680, 600, date]]}
    (document,) = read_documents([page_of(1, {"lines": lines, "stamps": [seal]})])
    assert document.letter is not None
    assert document.letter.date == iso
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


def stamped(*seal_lines: list[Any], alone: Sequence[list[Any]] = ()) -> Page:
    lines = [
        [170, 260, "ที่ พม ๐๐๑๘/ว ๒๗"],
        [170, 320, "ถึง สำนักงานเขตพื้นที่การศึกษา ทุกแห่ง"],
        [270, 380, "พร้อมหนังสือนี้ขอส่งรายงานผลการดำเนินงานประจำปีมาเพื่อทราบ"],
        *alone,
    ]
    seal = {"shape": "seal", "box": [620, 520, 920, 820], "lines": list(seal_lines)}
    return page_of(1, {"lines": lines, "stamps": [seal]})


def test_name_of_an_office_over_two_lines_across_a_seal() -> None:
    first = [600, 560, "สำนักงานพัฒนาสังคมและความ"]
    page = stamped([700, 595, "มั่นคง"], [680, 640, "๑๘ กันยายน ๒๕๕๕"], alone=[first])
    (document,) = read_documents([page])
    assert document.letter is not None
    assert document.letter.sender == "สำนักงานพัฒนาสังคมและความมั่นคง"


def test_date_over_which_circles_of_the_same_ink_run_is_for_review() -> None:
    page = stamped([650, 560, "กรมป่าไม้"], [680, 600, "๑๘ กันยายน ๒๕๕๕"])
    (printed,) = read_documents([page])
    (seal,) = page.stamps
    crossed = replace(seal, lines=tuple(replace(line, ink=Ink.STAMP) for line in seal.lines))
    (doubtful,) = read_documents([replace(page, stamps=(crossed,))])
    for document, codes in ((printed, set()), (doubtful, {"date_doubtful"})):
        assert document.letter is not None
        assert document.letter.date == "2012-09-18"
        assert {issue.code for issue in document.issues} & {"date_doubtful"} == codes


@pytest.mark.parametrize(
    ("read", "sure", "sender"), [("สำนักงานi .ท.", 0.2, "ก.ท."), ("สำนักงาน ก.จ.", 0.9, "ก.จ.")]
)
def test_office_that_the_seal_hardly_shows_is_the_like_one_of_the_body(
    read: str, sure: float, sender: str
) -> None:
    speaking = [270, 420, "พร้อมนี้ สำนักงาน ก.ท.ขอส่งหนังสือมาเพื่อทราบและดำเนินการ"]
    (document,) = read_documents([stamped([650, 560, read, sure], alone=[speaking])])
    assert document.letter is not None
    assert document.letter.sender == f"สำนักงาน {sender}"
