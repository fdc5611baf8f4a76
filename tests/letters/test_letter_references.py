"""References in lists and in running text."""

from __future__ import annotations

import pytest
from letter_lattices import line_with_lattice
from letter_pages import line_of

from pipeline.letters.blocks import Block
from pipeline.letters.mentions import mentioned_references
from pipeline.letters.references import listed_references
from pipeline.letters.rows import Row
from pipeline.model import Reference, Relation


def rows(*texts: str) -> tuple[Row, ...]:
    return tuple(Row(1, line_of([170, 30 * at, text], "transcript"), text) for at, text in enumerate(texts))


def unsure(text: str, confidence: float) -> Block:
    """A block of one row that was read with this confidence."""
    return Block((Row(1, line_of([170, 0, text, confidence]), text),), 0)


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


def test_dates_of_several_numbers_stand_in_their_turn() -> None:
    named = "หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๑ และที่ มท ๐๕๑๕/ว ๒"
    first, second = ("มท 0515/ว 1", "2017-01-01"), ("มท 0515/ว 2", "2017-03-02")
    for dates in ("๑ มกราคม ๒๕๖๐ และวันที่ ๒ มีนาคม ๒๕๖๐ ตามลำดับ", "๑ มกราคม ๒๕๖๐ และ ๒ มีนาคม ๒๕๖๐"):
        assert numbers(refer(f"{named} ลงวันที่ {dates}")) == [first, second]


def test_date_that_is_no_letters_is_not_the_last_ones_in_turn() -> None:
    text = "ตามหนังสือ ที่ มท ๐๕๑๕/ว ๑ และที่ มท ๐๕๑๕/ว ๒ ลงวันที่ ๑ มกราคม ๒๕๖๐ ให้รายงานภายในวันที่ ๒ มีนาคม ๒๕๖๐"
    found = mentioned_references(rows(text), (), 1, None)
    assert numbers(found) == [("มท 0515/ว 1", "2017-01-01"), ("มท 0515/ว 2", "2017-01-01")]


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


def test_copy_of_a_letter_in_running_text_is_enclosed() -> None:
    text = "รายละเอียดตามสำเนาหนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๒ ลงวันที่ ๑ มกราคม ๒๕๖๐"
    (found,) = mentioned_references(rows(text), (), 1, None)
    assert (found.number, found.relation) == ("มท 0515/ว 2", Relation.ENCLOSES)


@pytest.mark.parametrize("sent", ["กรมป่าไม้ขอส่งหนังสือกรมที่ดิน", "สำเนาหนังสือกรมที่ดิน"])
def test_letters_named_in_one_breath_are_sent_together(sent: str) -> None:
    first = f"{sent} ที่ มท ๐๕๑๕/๘๘ ลงวันที่ ๒ พฤษภาคม ๒๕๖๑"
    for second in ("และหนังสือกรมการปกครอง ที่ มท ๐๓๐๙/๙", "พร้อมทั้งหนังสือกรมการปกครอง ที่ มท ๐๓๐๙/๙"):
        both = mentioned_references(rows(f"{first} {second} ลงวันที่ ๓ พฤษภาคม ๒๕๖๑ มาเพื่อทราบ"), (), 1, None)
        assert [found.relation for found in both] == [Relation.ENCLOSES, Relation.ENCLOSES]
    apart = rows(f"{first} มาเพื่อทราบ ทั้งนี้ ตามหนังสือกรมการปกครอง ที่ มท ๐๓๐๙/๙ ลงวันที่ ๓ พฤษภาคม ๒๕๖๑")
    relations = [found.relation for found in mentioned_references(apart, (), 1, None)]
    assert relations == [Relation.ENCLOSES, Relation.MENTIONS]


def test_letter_behind_a_law_in_one_item_is_found() -> None:
    law, letter = refer(
        "ระเบียบกระทรวงมหาดไทยว่าด้วยการจัดทำแผนพัฒนา พ.ศ. ๒๕๔๘ และหนังสือจังหวัดกระบี่ ที่ กบ",
        "๐๐๒๓.๓/ว ๙๑๑๒ ลว. ๒๔ ก.ย. ๒๕๖๑",
    )
    assert (law.target_kind, law.number, law.date) == ("law", None, None)
    assert law.raw_text == "ระเบียบกระทรวงมหาดไทยว่าด้วยการจัดทำแผนพัฒนา พ.ศ. ๒๕๔๘"
    assert (letter.number, letter.date, letter.sender) == ("กบ 0023.3/ว 9112", "2018-09-24", "จังหวัดกระบี่")
    assert (law.position, letter.position) == (1, 2)


def test_sender_of_a_letter_whose_date_comes_first_ends_before_the_date() -> None:
    (found,) = refer("หนังสือกรมที่ดิน ลงวันที่ ๗ ธันวาคม ๒๕๖๒ ที่ มท ๐๕๑๕/ว ๒๙๒๗")
    assert (found.sender, found.number, found.date) == ("กรมที่ดิน", "มท 0515/ว 2927", "2019-12-07")


def test_circulars_of_one_agency_behind_each_other() -> None:
    found = refer("หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๗๔ ว ๗๕ และ ว ๘๐ ลงวันที่ ๑ มกราคม ๒๕๖๐ และ ว ๘๑ ลงวันที่ ๒ มกราคม ๒๕๖๐")
    assert [number for number, _ in numbers(found)][:3] == ["มท 0515/ว 74", "มท 0515/ว 75", "มท 0515/ว 80"]
    assert {date for _, date in numbers(found)[:3]} == {"2017-01-01"}


def test_letter_by_which_an_announcement_was_made_known_is_found() -> None:
    announcement, letter = refer(
        "ประกาศ ก.ท. เรื่อง มาตรฐานทั่วไป ลงวันที่ ๕ มีนาคม ๒๕๔๙ แจ้งตามหนังสือสำนักงาน ก.ท. ที่ มท ๐๘๐๙.๒/ว ๕๑",
        "ลงวันที่ ๘ เมษายน ๒๕๕๑",
    )
    assert (announcement.target_kind, announcement.date) == ("announcement", "2006-03-05")
    assert (letter.number, letter.date, letter.sender) == ("มท 0809.2/ว 51", "2008-04-08", "สำนักงาน ก.ท.")


@pytest.mark.parametrize(
    "text",
    [
        "โทรสารในราชการกรมที่ดิน ด่วนที่สุด ที่ มท ๐๕๑๕/ว ๗๔ ลงวันที่ ๑ มกราคม ๒๕๖๐",
        "หนังสือกรมที่ดิน ฉบับลงวันที่ ๑ มกราคม ๒๕๖๐ ที่ มท ๐๕๑๕/ว ๗๔",
    ],
)
def test_sender_is_the_name_alone(text: str) -> None:
    (found,) = refer(text)
    assert (found.sender, found.number, found.date) == ("กรมที่ดิน", "มท 0515/ว 74", "2017-01-01")


def test_year_that_no_letter_is_of_yet_is_misread() -> None:
    text = "หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ ลงวันที่ ๑๘ ตุลาคม ๒๕๙๘"
    line = line_with_lattice(text, {text.index("๙"): {"๕": 0.3}})
    (found,) = listed_references(Block((Row(1, line, line.text),), 0), Relation.REFERS_TO, 1)
    assert (found.number, found.date) == ("มท 0515/7", "2015-10-18")
    assert found.confidence < 0.9


@pytest.mark.parametrize("number", ["มท์ ๐๕๑๕/ว.๓๔๓๙", "มท ๐๕๑๕/ว-๓๔๓๙", "มท” ๐๕๑๕/ว ๓๔๓๙"])
def test_speck_in_a_number_does_not_take_it_away(number: str) -> None:
    (found,) = refer(f"หนังสือกรมที่ดิน ที่ {number} ลงวันที่ ๑๘ กันยายน ๒๕๕๙")
    assert (found.number, found.date) == ("มท 0515/ว 3439", "2016-09-18")


def test_letter_among_the_digits_of_an_agency_does_not_leave_the_circular_alone() -> None:
    text = "หนังสือจังหวัดลำปาง ที่ ลป 00U9.7/ว 8144 ลงวันที่ 11 เมษายน 2562"
    line = line_with_lattice(text, {text.index("U"): {"0": 0.3, "9": 0.1}})
    (found,) = listed_references(Block((Row(1, line, line.text),), 0), Relation.REFERS_TO, 1)
    assert (found.number, found.date) == ("ลป 0009.7/ว 8144", "2019-04-11")
    assert found.confidence < 0.9


def test_letter_before_the_last_digit_of_a_day_is_its_first() -> None:
    text = "หนังสือกรมที่ดิน ที่ มท 0515/7 ลว. l9 ก.ย. 2561"
    line = line_with_lattice(text, {text.index("l"): {"1": 0.3}})
    (found,) = listed_references(Block((Row(1, line, line.text),), 0), Relation.REFERS_TO, 1)
    assert (found.number, found.date) == ("มท 0515/7", "2018-09-19")
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("หนังสือกรมส่งเสุริมการปกครองท้องถิ่น ด่วนมาก ๐๘๐๒.๖/ว๗๔ ลงวันที่ ๑๖ กันยายน ๒๕๖๖", "มท 0802.6/ว 74"),
        ("หนังสือจังหวัดกระบี่ ๐๐๒๓.๔/๗๔ ลงวันที่ ๑๖ กันยายน ๒๕๖๖", "กบ 0023.4/74"),
        ("หนังสือกรมส่งเสริมการปกครองท้องถิ่น ๐๓๐๒/๗๔ ลงวันที่ ๑๖ กันยายน ๒๕๖๖", None),
        ("หนังสือเทศบาลเมืองกระบี่ ๐๓๐๒/๗๔ ลงวันที่ ๑๖ กันยายน ๒๕๖๖", None),
    ],
)
def test_agency_letters_that_were_lost_are_those_of_the_office(text: str, number: str | None) -> None:
    (found,) = refer(text)
    assert (found.number, found.date) == (number, "2023-09-16")
    assert found.confidence <= 0.6


@pytest.mark.parametrize(("confidence", "number"), [(0.3, "นร 1007.9/ว 3725"), (0.99, "บร 1007.9/ว 3725")])
def test_unsure_agency_letters_are_those_of_the_sender(confidence: float, number: str) -> None:
    text = "หนังสือสำนักงาน ก.พ. ที่ บร ๑๐๐๗.๙/ว ๓๗๒๕ ลงวันที่ ๘ เมษายน ๒๕๖๑"
    (found,) = listed_references(unsure(text, confidence), Relation.REFERS_TO, 1)
    assert (found.number, found.agency_code) == (number, number.partition("/")[0])
    settled = number.startswith("นร")
    assert ("บร 1007.9/ว 3725" in dict(found.number_alternatives)) == settled
    assert (found.confidence < 0.86) == settled


def test_sender_that_has_other_agency_digits_does_not_settle_the_letters() -> None:
    text = "หนังสือสำนักงาน ก.พ. ที่ บร ๐๕๑๕/ว ๓๗๒๕ ลงวันที่ ๘ เมษายน ๒๕๖๑"
    (found,) = listed_references(unsure(text, 0.3), Relation.REFERS_TO, 1)
    assert found.number == "บร 0515/ว 3725"


def test_number_in_noise_is_none() -> None:
    text = "หนังสือกรมป่าไม้ ที่ กบ ๐๐๒๓/ว ๓๑ ลงวันที่ ๘ เมษายน ๒๕๖๑"
    (found,) = listed_references(unsure(text, 1e-12), Relation.REFERS_TO, 1)
    assert (found.number, found.date) == (None, "2018-04-08")


def test_kind_of_an_item_is_known_with_a_slip() -> None:
    (found,) = refer("หนัง์สือกรมป่าไม้ ฉบับลงวันที่ ๓ มีนาคม ๒๕๖๐")
    assert (found.target_kind, found.date) == ("letter", "2017-03-03")
    (found,) = refer("หมายเหตุประกอบ ลงวันที่ ๓ มีนาคม ๒๕๖๐")
    assert found.target_kind == "attachment"


def test_speck_read_for_the_dot_in_agency_digits() -> None:
    (found,) = refer("หนังสือจังหวัดยโสธร ที่ ยส ๐๐๒๓,๒๓ / ว ๔ เรื่อง การจัดทำแผน ลงวันที่ ๒๕ กุมภาพันธ์ ๒๕๕๓")
    assert (found.number, found.date) == ("ยส 0023.23/ว 4", "2010-02-25")
    assert found.confidence <= 0.85


def test_second_number_behind_a_mark_that_lost_its_tone() -> None:
    found = refer(
        "หนังสือกรมส่งเสริมการปกครองท้องถิ่น ที่ มท ๐๘๑๐.๓/ว ๑๒๑ ลงวันที่ ๗ มกราคม ๒๕๕๙",
        "และทีมท ๐๘๑๐.๓ /ว. ๕ ลงวันที่ ๗ มกราคม ๒๕๕๙",
    )
    assert numbers(found) == [("มท 0810.3/ว 121", "2016-01-07"), ("มท 0810.3/ว 5", "2016-01-07")]
