"""References in lists and in running text."""

from __future__ import annotations

import pytest
from letter_pages import line_of

from pipeline.letters.blocks import Block
from pipeline.letters.mentions import mentioned_references
from pipeline.letters.references import listed_references
from pipeline.letters.rows import Row
from pipeline.model import Reference, Relation


def rows(*texts: str) -> tuple[Row, ...]:
    return tuple(Row(1, line_of([170, 30 * at, text], "transcript"), text) for at, text in enumerate(texts))


def refer(*texts: str, relation: Relation = Relation.REFERS_TO) -> tuple[Reference, ...]:
    """The references of a block whose label is already cut off."""
    return listed_references(Block(rows(*texts), 0), relation, 1)


def numbers(found: tuple[Reference, ...]) -> list[tuple[str | None, str | None]]:
    return [(reference.number, reference.date) for reference in found]


def test_single_item_over_three_rows() -> None:
    (found,) = refer("สำเนาหนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว", "๓๓๑ ลงวันที่ ๙", "มกราคม ๒๕๖๐")
    assert (found.number, found.date, found.sender) == ("มท 0515/ว 331", "2017-01-09", "กรมที่ดิน")
    assert found.raw_text.startswith("สำเนาหนังสือกรมที่ดิน")


def test_numbered_items_and_urgency() -> None:
    found = refer(
        "๑. หนังสือกรมที่ดิน ด่วนที่สุด ที่ มท ๐๕๑๕/ว ๑ ลงวันที่ ๑ มกราคม ๒๕๖๐",
        "๒. หนังสือกรมการปกครอง ลับ ด่วนมาก ที่ มท ๐๓๐๙/๒๒ ลว. ๕ ก.พ. ๖๑",
    )
    assert numbers(found) == [("มท 0515/ว 1", "2017-01-01"), ("มท 0309/22", "2018-02-05")]
    assert [reference.sender for reference in found] == ["กรมที่ดิน", "กรมการปกครอง"]
    assert [reference.position for reference in found] == [1, 2]


def test_one_date_for_two_numbers() -> None:
    found = refer("หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๑ และที่ มท ๐๕๑๕/ว ๒ ลงวันที่ ๑ มกราคม ๒๕๖๐")
    assert numbers(found) == [("มท 0515/ว 1", "2017-01-01"), ("มท 0515/ว 2", "2017-01-01")]
    assert [reference.sender for reference in found] == ["กรมที่ดิน", "กรมที่ดิน"]


def test_date_that_was_not_read_is_not_the_next_letters() -> None:
    found = refer("หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๑ ลงวันที่", "และที่ มท ๐๕๑๕/ว ๒ ลงวันที่ ๑ มกราคม ๒๕๖๐")
    assert numbers(found) == [("มท 0515/ว 1", None), ("มท 0515/ว 2", "2017-01-01")]


def test_speck_in_a_date_does_not_take_its_day_or_month_away() -> None:
    (plain,) = refer("หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ ลงวันที่ ๑๖ เมษายน ๒๕๖๐")
    for text in ("ลงวันที่ ๑๖°เมษายน ๒๕๖๐", "ลว. ๑๖ เม.ย: ๒๕๖๐", "ลว. ๑๖'เม.ย, ๒๕๖๐"):
        (found,) = refer(f"หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ {text}")
        assert (found.date, found.raw_text[-len(text) :]) == ("2017-04-16", text)
        assert found.confidence < plain.confidence


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("ลงวันที่บ๒๕ กมฏพันธ์ ๒๕๖๗", "2024-02-25"),
        ("ลงวันที่ ๑๗ พรัดพิกายินก๒๕๕๘๒๕", "2015-11-17"),
        ("องวันที่ ๒๓ มกราคม๔๕๕๙แ:", "2016-01-23"),
        ("ลว. T๙ ก.ย. ๒๕๖T", "2018-09-19"),
        ("ลงวัน ??ง สิงหาคม ๒๕๖๔", "2021-08"),
    ],
)
def test_damaged_date_is_read_and_keeps_its_number(date: str, iso: str) -> None:
    (found,) = refer(f"หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ {date}")
    assert numbers((found,)) == [("มท 0515/7", iso)]
    assert found.confidence < 0.9


def test_number_without_any_date_behind_it_has_none() -> None:
    (found,) = refer("หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ เรื่อง การรังวัดที่ดิน ประจำปี ๒๕๖๐ จำนวน ๑๒ ฉบับ")
    assert numbers((found,)) == [("มท 0515/7", None)]


def test_date_before_its_number() -> None:
    found = refer("หนังสือกรมที่ดิน ลงวันที่ ๑ มกราคม ๒๕๖๐ ที่ มท ๐๕๑๕/ว ๑ และลงวันที่ ๒ มีนาคม ๒๕๖๐ ที่ มท ๐๕๑๕/ว ๒")
    assert numbers(found) == [("มท 0515/ว 1", "2017-01-01"), ("มท 0515/ว 2", "2017-03-02")]


def test_misread_item_number_still_begins_an_item() -> None:
    found = refer(
        "๑. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๑ ลงวันที่ ๑ มกราคม ๒๕๖๐",
        "ษ. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๒ ลงวันที่ ๒ มีนาคม ๒๕๖๐",
    )
    assert [reference.raw_text[:3] for reference in found] == ["หนั", "ษ. "]
    assert numbers(found)[1] == ("มท 0515/ว 2", "2017-03-02")


def test_what_is_no_letter_has_no_number() -> None:
    found = refer(
        "๑. สำเนาพระราชบัญญัติป่าชุมชน พ.ศ. ๒๕๖๒ จำนวน ๑ ชุด",
        "๒. ประกาศกรมป่าไม้ เรื่อง แนวเขตป่า ลงวันที่ ๓ มีนาคม ๒๕๖๐",
        "๓. คำสั่งกรมป่าไม้ ที่ ๑๑๐๒/๒๕๖๐ ลงวันที่ ๔ มีนาคม ๒๕๖๐",
        "๔. สำเนามติการประชุม ครั้งที่ ๑/๒๕๖๓",
        "๕. บัญชีรายชื่อ จำนวน ๑ ชุด",
        '๖. หนังสือ "คู่มือป่าชุมชน" จำนวน ๑ เล่ม',
        relation=Relation.ENCLOSES,
    )
    kinds = ["law", "announcement", "order", "minutes", "attachment", "attachment"]
    assert [reference.target_kind for reference in found] == kinds
    assert {reference.number for reference in found} == {None}
    assert found[1].subject == "แนวเขตป่า"


def test_letter_without_a_number_keeps_sender_and_date() -> None:
    (found,) = refer("หนังสือกรมป่าไม้ ฉบับลงวันที่ ๓ มีนาคม ๒๕๖๐")
    assert (found.number, found.date, found.sender) == (None, "2017-03-03", "กรมป่าไม้")
    assert found.confidence < 0.9


def test_mentions_in_running_text() -> None:
    body = rows(
        "ตามหนังสือกรมป่าไม้ ที่ ทส ๑๖๐๒.๔/ว ๑๒๐๑๑ ลงวันที่ ๒ พฤษภาคม ๒๕๖๑ ได้แจ้งแนวทาง",
        "และตามหนังสือที่อ้างถึง นั้น ครั้งที่ ๓/๒๕๖๓ โทร. ๐ ๒๒๔๑ ๙๐๐๐",
    )
    (found,) = mentioned_references(body, (), 4, None)
    assert (found.number, found.date) == ("ทส 1602.4/ว 12011", "2018-05-02")
    assert (found.relation, found.sender, found.position) == (Relation.MENTIONS, "กรมป่าไม้", 4)
    assert found.raw_text == "หนังสือกรมป่าไม้ ที่ ทส ๑๖๐๒.๔/ว ๑๒๐๑๑ ลงวันที่ ๒ พฤษภาคม ๒๕๖๑"


def test_what_a_list_names_is_not_mentioned_again() -> None:
    listed = refer("หนังสือกรมป่าไม้ ที่ ทส ๑๖๐๒.๔/ว ๑๒๐๑๑ ลงวันที่ ๒ พฤษภาคม ๒๕๖๑")
    body = rows("ตามหนังสือกรมป่าไม้ ที่ ทส ๑๖๐๒.๔/ว ๑๒๐๑๑ ลงวันที่ ๒ พฤษภาคม ๒๕๖๑ และที่ ทส ๑๖๐๑/๕ ของกรม")
    assert mentioned_references(body, listed, 2, "ทส 1601/5") == ()


def test_letter_sent_along_in_running_text_is_enclosed() -> None:
    body = rows("พร้อมนี้ กรมป่าไม้ขอส่งสำเนาหนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๘๘ ลงวันที่ ๒ พฤษภาคม ๒๕๖๑ มาเพื่อทราบ")
    (found,) = mentioned_references(body, (), 1, None)
    assert found.relation is Relation.ENCLOSES
