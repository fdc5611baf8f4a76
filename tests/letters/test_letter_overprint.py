"""Print under a receive stamp: what runs into it is doubtful, and an office follows from its number."""

from __future__ import annotations

from typing import Any

from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.model import Document

LEFT = 170
STAMP = {
    "shape": "receive_box",
    "box": [905, 230, 1190, 330],
    "lines": [[920, 250, "เลขรับ ๑๒๓๔"], [920, 280, "วันที่ ๕ ส.ค. ๒๕๖๕"], [920, 310, "เวลา ๑๐.๓๐ น."]],
}


def read(number: str, office: str, stamps: list[Any]) -> Document:
    lines = [
        [LEFT, 260, number],
        [800, 260, office],
        [560, 350, "๔ สิงหาคม ๒๕๖๕"],
        [LEFT, 410, "เรื่อง การตรวจเยี่ยม"],
        [LEFT, 460, "เรียน ผู้อำนวยการสำนัก"],
        [270, 540, "ด้วยจะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงเรียนมาเพื่อทราบ"],
    ]
    (document,) = read_documents([page_of(1, {"lines": lines, "stamps": stamps})])
    return document


def sender_of(document: Document) -> str | None:
    assert document.letter is not None
    return document.letter.sender


def doubts(document: Document) -> set[str]:
    return {issue.code for issue in document.issues}


def test_office_that_runs_into_a_stamp_follows_from_the_agency_code() -> None:
    document = read("ที่ มท ๐๓๐๕.๖/๕๘๑๕", "กรมการปกฅ", [STAMP])
    assert sender_of(document) == "กรมการปกครอง"
    assert "sender_doubtful" in doubts(document)
    (evidence,) = (found for found in document.evidence if found.field == "sender")
    assert evidence.raw == "กรมการปกฅ"


def test_office_read_to_its_end_before_a_stamp_is_not_doubted() -> None:
    document = read("ที่ มท ๐๓๐๕.๖/๕๘๑๕", "กรมการปกครอง", [STAMP])
    assert sender_of(document) == "กรมการปกครอง"
    assert "sender_doubtful" not in doubts(document)


def test_office_that_the_agency_code_does_not_name_stays_as_read() -> None:
    document = read("ที่ กบ ๐๓๑๘/๕๘๑๕", "ที่ว่าการอำเภอ", [STAMP])
    assert sender_of(document) == "ที่ว่าการอำเภอ"
    assert "sender_doubtful" in doubts(document)


def test_office_without_a_stamp_beside_it_is_not_doubted() -> None:
    document = read("ที่ มท ๐๓๐๕.๖/๕๘๑๕", "กรมการปกครอง", [])
    assert sender_of(document) == "กรมการปกครอง"
    assert "sender_doubtful" not in doubts(document)
