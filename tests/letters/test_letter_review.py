"""What is doubted, and why: checks of a letter by itself and across its bundle."""

from __future__ import annotations

from typing import Any

import pytest
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.model import Document, Letter

LEFT = 170


def letter_lines(
    number: str, date: str, cites: str | None = None, subject: str = "การตรวจเยี่ยม"
) -> list[list[Any]]:
    lines: list[list[Any]] = [
        [LEFT, 260, f"ที่ {number}"],
        [800, 260, "กรมป่าไม้"],
        [800, 295, "ถนนพหลโยธิน กทม. ๑๐๙๐๐"],
        [600, 350, date],
        [LEFT, 410, f"เรื่อง {subject}"],
        [LEFT, 460, "เรียน ผู้อำนวยการสำนัก"],
        [270, 640, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงเรียนมาเพื่อทราบ"],
        [620, 700, "ขอแสดงความนับถือ"],
        [590, 820, "(นายพิชัย มั่นคง)"],
        [600, 860, "อธิบดีกรมป่าไม้"],
    ]
    if cites:
        lines.insert(6, [LEFT, 510, f"สิ่งที่ส่งมาด้วย {cites}"])
    return lines


def read(*pages: list[list[Any]], **more: Any) -> tuple[Document, ...]:
    return read_documents([page_of(n, {"lines": lines, **more}) for n, lines in enumerate(pages, start=1)])


def letter_of(document: Document) -> Letter:
    assert document.letter is not None
    return document.letter


def codes(document: Document) -> set[str]:
    return {issue.code for issue in document.issues}


def test_clean_letter_needs_no_review() -> None:
    (document,) = read(letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐"))
    assert not letter_of(document).needs_review
    assert document.issues == ()
    assert letter_of(document).confidence > 0.9


def test_running_number_that_is_the_year_is_doubted() -> None:
    (document,) = read(letter_lines("ทส ๑๖๐๑/ว ๒๕๖๐", "๙ มกราคม ๒๕๖๐"))
    assert letter_of(document).number == "ทส 1601/ว 2560"
    assert "number_doubtful" in codes(document)


def test_unsure_reading_is_for_review() -> None:
    lines = letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐")
    lines[0] = [*lines[0], 0.6]
    (document,) = read(lines)
    assert "number_doubtful" in codes(document)


def test_an_unsure_reference_is_told_of_but_leaves_its_letter_alone() -> None:
    lines = letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐", "หนังสือกรมป่าไม้ ที่ ทส ๑๖๐๑/๗๗ ลงวันที่ ๓ มกราคม ๒๕๖๐")
    (document,) = read(lines)
    assert codes(document) == set()
    lines[6] = [*lines[6], 0.5]
    (document,) = read(lines)
    assert [(issue.code, issue.about) for issue in document.issues] == [
        ("reference_doubtful", "reference[0]")
    ]
    assert not letter_of(document).needs_review


def test_citation_of_the_same_number_makes_both_surer() -> None:
    cited = "สำเนาหนังสือกรมป่าไม้ ที่ ทส ๑๖๐๑/๗๗ ลงวันที่ ๓ มกราคม ๒๕๖๐"
    first, second = read(
        letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐", cited), letter_lines("ทส ๑๖๐๑/๗๗", "๓ มกราคม ๒๕๖๐")
    )
    evidence = {found.field: found for found in second.evidence}
    alone = {found.field: found for found in first.evidence}
    assert evidence["number"].confidence > alone["number"].confidence
    assert "cited" in evidence["date"].reason


def test_citation_under_another_number_doubts_both() -> None:
    cited = "สำเนาหนังสือกรมป่าไม้ ที่ ทส ๑๖๐๑/๗๑ ลงวันที่ ๓ มกราคม ๒๕๖๐"
    first, second = read(
        letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐", cited), letter_lines("ทส ๑๖๐๑/๗๗", "๓ มกราคม ๒๕๖๐")
    )
    assert letter_of(second).number == "ทส 1601/77"
    assert dict(letter_of(second).number_alternatives).keys() == {"ทส 1601/71"}
    assert "number_disagrees" in codes(second)
    assert first.references[0].number == "ทส 1601/71"
    assert dict(first.references[0].number_alternatives).keys() == {"ทส 1601/77"}
    assert not letter_of(first).needs_review


@pytest.mark.parametrize(
    ("date", "cites", "subject"),
    [
        ("๙ มกราคม ๒๕๐๐", None, "การตรวจเยี่ยม"),
        ("๙ มกราคม ๒๕๖๐", "สำเนาหนังสือกรมป่าไม้ ที่ ทส ๑๖๐๑/๗๑ ลงวันที่ ๓ มีนาคม ๒๕๖๐", "การตรวจเยี่ยม"),
        ("๙ มกราคม ๒๕๕๐", None, "การใช้งบประมาณ ประจำปีงบประมาณ พ.ศ. ๒๕๖๐"),
    ],
)
def test_date_that_does_not_fit_is_doubted(date: str, cites: str | None, subject: str) -> None:
    (document,) = read(letter_lines("ทส ๑๖๐๑/ว ๕๑๒", date, cites, subject))
    assert "date_doubtful" in codes(document)


def test_received_before_it_was_written_is_doubted() -> None:
    stamp = {
        "shape": "receive_box",
        "box": [880, 60, 1180, 220],
        "lines": [[900, 115, "เลขรับ ๘๑"], [900, 150, "วันที่ ๒ ม.ค. ๒๕๖๐"]],
    }
    (document,) = read(letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐"), stamps=[stamp])
    assert "date_doubtful" in codes(document)
    assert "received on 2017-01-02" in next(e.reason for e in document.evidence if e.field == "date")


def test_misread_office_is_settled_by_the_one_known_name_near_it() -> None:
    lines = letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐")
    lines[1] = [800, 260, "กรมส่งเสริมกรปกครองท้องถิน", 0.5]
    (document,) = read(lines)
    assert letter_of(document).sender == "กรมส่งเสริมการปกครองท้องถิ่น"
    sender = next(found for found in document.evidence if found.field == "sender")
    assert sender.raw == "กรมส่งเสริมกรปกครองท้องถิน"
    assert dict(sender.alternatives).keys() == {"กรมส่งเสริมกรปกครองท้องถิน"}


def test_letter_cited_as_headed_is_not_meant_by_its_neighbour() -> None:
    cited = "๑. สำเนาหนังสือกรมป่าไม้ ที่ ทส ๑๖๐๑/๗๗ ลงวันที่ ๓ มกราคม ๒๕๖๐"
    beside = "๒. สำเนาหนังสือกรมป่าไม้ ที่ ทส ๑๖๐๑/๗๘ ลงวันที่ ๓ มกราคม ๒๕๖๐"
    lines = letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐", cited)
    lines.insert(7, [LEFT + 130, 542, beside])
    first, second = read(lines, letter_lines("ทส ๑๖๐๑/๗๗", "๓ มกราคม ๒๕๖๐"))
    assert [reference.number for reference in first.references] == ["ทส 1601/77", "ทส 1601/78"]
    assert first.references[1].number_alternatives == ()
    assert not letter_of(second).needs_review


def test_long_subject_may_hold_a_misread_letter_but_a_short_one_none() -> None:
    long = "หลักเกณฑ์การจ่ายเงินรางวัลประจำปีแก่ข้าราชการและลูกจ้างขององค์กรปกครองส่วนท้องถิ่นทุกแห่ง"
    for subject, doubtful in ((long, False), ("การตรวจเยี่ยม", True)):
        lines = letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐", subject=subject)
        lines[4] = [*lines[4], 0.45]
        (document,) = read(lines)
        assert ("subject_doubtful" in codes(document)) == doubtful


@pytest.mark.parametrize(("sure", "doubtful"), [(0.65, False), (0.97, True)])
def test_date_is_doubted_as_surely_as_what_contradicts_it_was_read(sure: float, doubtful: bool) -> None:
    lines = [[920, 60, "เลขรับ ๑๒๓๔", sure], [920, 90, "วันที่ ๕ ส.ค. ๒๕๕๙", sure]]
    stamp = {"shape": "receive_box", "box": [905, 40, 1190, 140], "lines": lines}
    (document,) = read(letter_lines("ทส ๑๖๐๑/ว ๕๑๒", "๙ มกราคม ๒๕๖๐"), stamps=[stamp])
    (date,) = (found for found in document.evidence if found.field == "date")
    assert "received on 2016-08-05, before it was written" in date.reason
    assert ("date_doubtful" in codes(document)) == doubtful
