"""Values that go on at the margin, in letters without hanging indents, and where the body begins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.model import Character, Document, Line, Page

LEFT = 170
BODY = [
    (270, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงขอให้หน่วยงานเตรียมข้อมูล"),
    (LEFT, "ที่เกี่ยวข้องให้พร้อม และรายงานผลให้ทราบภายในกำหนด"),
]


def read(*head: tuple[int, str]) -> Document:
    """The letter with ``head`` below its date, line under line."""
    above: list[list[Any]] = [
        [LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๗๗"],
        [800, 260, "กรมป่าไม้"],
        [560, 350, "๒๒ กุมภาพันธ์ ๒๕๖๖"],
    ]
    below = [[x, 410 + 36 * at, text] for at, (x, text) in enumerate([*head, *BODY])]
    (document,) = read_documents([page_of(1, {"lines": [*above, *below]})])
    assert document.letter is not None
    return document


def test_recipient_goes_on_at_the_margin() -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน หัวหน้าส่วนราชการทุกส่วนราชการ"),
        (LEFT, "และนายอำเภอทุกอำเภอ"),
        (LEFT, "สิ่งที่ส่งมาด้วย กำหนดการ"),
    )
    assert document.letter is not None
    assert document.letter.recipient == "หัวหน้าส่วนราชการทุกส่วนราชการและนายอำเภอทุกอำเภอ"


def test_items_of_a_list_stand_at_the_margin() -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
        (LEFT, "อ้างถึง ๑. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๕๐ ลงวันที่ ๒๑ มกราคม"),
        (LEFT, "๒๕๖๕"),
        (LEFT, "๒. หนังสือกรมการปกครอง ที่ มท"),
        (LEFT, "๐๓๐๙/๑๘๓ ลงวันที่ ๖ มิ.ย."),
        (LEFT, "๖๕"),
        (LEFT, "๓. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๙๙ ลงวันที่ ๗ กรกฎาคม ๒๕๖๕"),
    )
    assert [(r.number, r.date, r.relation) for r in document.references] == [
        ("มท 0515/ว 50", "2022-01-21", "refers_to"),
        ("มท 0309/183", "2022-06-06", "refers_to"),
        ("มท 0515/ว 99", "2022-07-07", "refers_to"),
    ]


@pytest.mark.parametrize("opening", ["๑. ให้หน่วยงานเตรียมข้อมูล", "ให้หน่วยงานเตรียมข้อมูลที่เกี่ยวข้อง"])
def test_body_at_the_margin_is_no_part_of_the_recipient(opening: str) -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
        (LEFT, opening),
        (LEFT, "และรายงานผลให้ทราบภายในกำหนดตามแบบที่แนบ"),
        (LEFT, "โดยเคร่งครัด"),
    )
    assert document.letter is not None
    assert document.letter.recipient == "อธิบดีกรมที่ดิน"


def test_long_subject_goes_on_at_the_margin_up_to_the_recipient() -> None:
    document = read(
        (LEFT, "เรื่อง การสำรวจข้อมูลผู้สูงอายุที่มีสิทธิรับเบี้ยยังชีพ ประจำปี พ.ศ."),
        (LEFT, "๒๕๕๕ ขององค์กรปกครองส่วนท้องถิ่น พร้อมทั้งการติดตามและ"),
        (LEFT, "ประเมินผลตามตัวชี้วัดที่กำหนดไว้ในแผนปฏิบัติราชการ"),
        (LEFT, "ของหน่วยงานในสังกัดตามแนวทางที่กำหนดไว้ในระเบียบ"),
        (LEFT, "และข้อบังคับ"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
    )
    assert document.letter is not None
    subject = document.letter.subject or ""
    assert subject.startswith("การสำรวจ")
    assert "๒๕๕๕ ขององค์กร" in subject
    assert subject.endswith("และข้อบังคับ")


def test_item_that_ends_with_a_second_number_goes_on_at_the_margin() -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
        (LEFT, "อ้างถึง หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๕๐ ลงวันที่ ๒๑ มกราคม ๒๕๖๕ และที่"),
        (LEFT, "มท ๐๕๑๕/ว ๙๙ ลงวันที่ ๗ กรกฎาคม ๒๕๖๕"),
    )
    numbers = [(reference.number, reference.date) for reference in document.references]
    assert numbers == [("มท 0515/ว 50", "2022-01-21"), ("มท 0515/ว 99", "2022-07-07")]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("ที่ มท ๐๕๑๕/ว ๕๐ ลง", "วันที่ ๒๑ มกราคม ๒๕๖๕"),
        ("ที่ มท ๐๕๑๕/ว ๕๐ (เวียน", "ในสังกัด) ลงวันที่ ๒๑ มกราคม ๒๕๖๕"),
    ],
)
def test_item_without_its_date_goes_on_at_the_margin(above: str, below: str) -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
        (LEFT, "อ้างถึง ๑. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๙๙ ลงวันที่ ๗ กรกฎาคม ๒๕๖๕"),
        (LEFT + 80, f"๒. หนังสือกรมที่ดิน {above}"),
        (LEFT, below),
    )
    assert [reference.date for reference in document.references] == ["2022-07-07", "2022-01-21"]


@pytest.mark.parametrize("labelled", [0, 1, 2])
def test_label_stands_beside_any_line_of_its_value(labelled: int) -> None:
    value = ["กลุ่มงานนโยบายและแผนพัฒนา", "ฝ่ายบริหารงานทั่วไป", "กรมป่าไม้ โทร. ๑๐๑๒"]
    subject = ["การประเมินผลการปฏิบัติงานของพนักงานจ้าง", "ขององค์กรปกครองส่วนท้องถิ่น", "ระยะที่ ๒"]
    lines: list[list[Any]] = [[520, 120, "บันทึกข้อความ"]]
    lines += _labelled("ส่วนราชการ", value, labelled, 200)
    lines += [[LEFT, 312, "ที่ ทส ๑๖๐๑/๗๗"], [700, 312, "วันที่ ๒๒ กุมภาพันธ์ ๒๕๖๖"]]
    lines += _labelled("เรื่อง", subject, labelled, 348)
    lines += [
        [LEFT, 480, "เรียน อธิบดีกรมที่ดิน"],
        *([x, 560 + 36 * at, text] for at, (x, text) in enumerate(BODY)),
    ]
    (document,) = read_documents([_spelt(page_of(1, {"lines": lines}))])
    assert document.letter is not None
    assert document.letter.sender == "กลุ่มงานนโยบายและแผนพัฒนาฝ่ายบริหารงานทั่วไปกรมป่าไม้ โทร. ๑๐๑๒"
    assert document.letter.subject == "".join(subject)
    assert document.letter.date == "2023-02-22"


def _spelt(page: Page) -> Page:
    """The page with a place for each character of its lines."""
    return replace(page, lines=tuple(replace(line, characters=_characters(line)) for line in page.lines))


def _characters(line: Line) -> tuple[Character, ...]:
    step = line.box.width / len(line.text)
    places = [line.box.x0 + step * at for at in range(len(line.text))]
    return tuple(Character(text, 0.99, x, x + step) for text, x in zip(line.text, places, strict=True))


def _labelled(label: str, value: list[str], at: int, top: int) -> list[list[Any]]:
    """The lines of a value, close below one another, with their label beside the line ``at``."""
    indent = LEFT + 10 * len(label.replace("่", "").replace("ื", "")) + 10
    texts = [(LEFT, f"{label} {line}") if row == at else (indent, line) for row, line in enumerate(value)]
    return [[x, top + 34 * row, text] for row, (x, text) in enumerate(texts)]


def test_value_apart_on_the_level_of_its_label_is_no_date() -> None:
    lines: list[list[Any]] = [
        [520, 120, "บันทึกข้อความ"],
        [LEFT, 200, "ส่วนราชการ"],
        [480, 202, "สำนักปลัด จังหวัดนครปฐม"],
        [LEFT, 240, "ที่ นฐ ๐๐๒๔/๒๔๘๒"],
        [700, 240, "วันที่ ๒๒ ธันวาคม ๒๕๕๐"],
        [LEFT, 280, "เรื่อง การตรวจเยี่ยม"],
        [LEFT, 320, "เรียน หัวหน้าส่วนราชการ"],
        *([x, 380 + 36 * at, text] for at, (x, text) in enumerate(BODY)),
    ]
    (document,) = read_documents([page_of(1, {"lines": lines})])
    assert document.letter is not None
    assert (document.letter.sender, document.letter.date) == ("สำนักปลัด จังหวัดนครปฐม", "2007-12-22")


def test_value_of_a_bare_label_begins_below_it_at_the_margin() -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
        (LEFT, "อ้างถึง"),
        (LEFT, "๑. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๕๐ ลงวันที่ ๒๑ มกราคม ๒๕๖๕ และหนังสือ"),
        (LEFT, "กรมการปกครอง ที่ มท ๐๓๐๙/๑๘๓ ลงวันที่ ๖ มิถุนายน ๒๕๖๕"),
        (LEFT, "๒. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๙๙ ลงวันที่ ๗ กรกฎาคม ๒๕๖๕"),
    )
    numbers = [reference.number for reference in document.references]
    assert numbers == ["มท 0515/ว 50", "มท 0309/183", "มท 0515/ว 99"]


@pytest.mark.parametrize("end", ["ตามลำดับ", "สำนักนายกรัฐมนตรี ที่ นร ๐๑๒๕/๑๖ ลงวันที่ ๒๔ มกราคม ๒๕๖๘"])
def test_hanging_row_above_the_next_item_goes_on_with_its_own(end: str) -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
        (LEFT, "อ้างถึง"),
        (LEFT, "๑. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๕๐ ลงวันที่ ๒๑ มกราคม ๒๕๖๕ และหนังสือสำนักงานปลัด"),
        (LEFT + 60, end),
        (LEFT, "๒. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๙๙ ลงวันที่ ๗ กรกฎาคม ๒๕๖๕"),
    )
    numbers = [reference.number for reference in document.references]
    assert numbers == ["มท 0515/ว 50", *(["นร 0125/16"] if "นร" in end else []), "มท 0515/ว 99"]


def test_running_number_alone_in_the_next_row_is_no_stray_mark() -> None:
    document = read(
        (LEFT, "เรื่อง การตรวจเยี่ยม"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
        (LEFT, "อ้างถึง หนังสือกรมที่ดิน ลงวันที่ ๑๐ มิถุนายน ๒๕๖๕ ที่ มท ๐๕๑๕/ว"),
        (LEFT + 80, "๑๑"),
    )
    assert [(r.number, r.date) for r in document.references] == [("มท 0515/ว 11", "2022-06-10")]


def test_row_of_a_subject_at_the_margin_may_begin_as_a_body_does() -> None:
    document = read(
        (LEFT, "เรื่อง การจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐของหน่วยงานในสังกัด"),
        (LEFT, "ตามมติคณะรัฐมนตรีเมื่อวันที่ ๑๗ มีนาคม ๒๕๖๕ และการติดตามผล"),
        (LEFT, "การดำเนินงานในพื้นที่"),
        (LEFT, "เรียน อธิบดีกรมที่ดิน"),
    )
    assert document.letter is not None
    subject = document.letter.subject or ""
    assert "ตามมติคณะรัฐมนตรีเมื่อวันที่ ๑๗ มีนาคม ๒๕๖๕" in subject
    assert subject.endswith("ในพื้นที่")


def test_title_with_urgency_above_the_office_of_a_memo_is_none_of_it() -> None:
    page = page_of(
        1,
        {
            "lines": [
                [300, 150, "ด่วนที่สุด บันทึกข้อความ"],
                [LEFT, 186, "ส่วนราชการ กองแผนงาน กรมป่าไม้ โทร. ๑๐๑๒"],
                [LEFT, 222, "ที่ ทส ๑๖๐๑/๗๗"],
                [700, 222, "วันที่ ๒๒ กุมภาพันธ์ ๒๕๖๖"],
                [LEFT, 258, "เรื่อง การตรวจเยี่ยม"],
                [LEFT, 300, "เรียน อธิบดีกรมที่ดิน"],
                *([x, 350 + 36 * at, text] for at, (x, text) in enumerate(BODY)),
            ]
        },
    )
    title, *others = _spelt(page).lines
    lines = (replace(title, body_height=30.0), *others)
    (document,) = read_documents([replace(page, lines=lines)])
    assert document.letter is not None
    assert document.letter.sender == "กองแผนงาน กรมป่าไม้ โทร. ๑๐๑๒"
