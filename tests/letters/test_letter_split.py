"""Bundles cut into documents."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.model import Document, DocumentKind, LetterForm, Line, Page

LEFT = 170
LETTER: list[list[Any]] = [
    [LEFT, 260, "ที่ ศธ ๐๔๐๐๗/ว ๕๕๑"],
    [800, 260, "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"],
    [800, 295, "กระทรวงศึกษาธิการ กทม. ๑๐๓๐๐"],
    [600, 350, "๒ กุมภาพันธ์ ๒๕๖๖"],
    [LEFT, 410, "เรื่อง การจัดสรรครุภัณฑ์การเรียน"],
    [LEFT, 460, "เรียน ผู้อำนวยการโรงเรียน ทุกแห่ง"],
    [270, 530, "ด้วยสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานได้รับจัดสรรงบประมาณเพื่อจัดหาครุภัณฑ์การเรียน"],
    [LEFT, 562, "ให้แก่โรงเรียนในสังกัดทุกแห่ง จึงขอให้โรงเรียนสำรวจความต้องการและรายงานให้ทราบ"],
]
CLOSING: list[list[Any]] = [
    [620, 700, "ขอแสดงความนับถือ"],
    [590, 820, "(นายพิชัย มั่นคง)"],
    [600, 860, "รองเลขาธิการ"],
]
TURN: list[Any] = [980, 1600, "/ ทั้งนี้ ..."]
BODY: list[list[Any]] = [[270, 150, "ทั้งนี้ ให้รายงานภายในวันที่ ๑๕ กุมภาพันธ์ ๒๕๖๖ โดยใช้แบบรายงานที่แนบมาพร้อมนี้"]]


def read(*pages: list[list[Any]], **more: Any) -> tuple[Document, ...]:
    return read_documents([page_of(n, {"lines": lines, **more}) for n, lines in enumerate(pages, start=1)])


def spans(documents: tuple[Document, ...]) -> list[tuple[str, int, int]]:
    return [(document.kind.value, document.first_page, document.last_page) for document in documents]


def test_letter_whose_labels_were_washed_out_begins_with_number_and_date() -> None:
    head, body = LETTER[:4], LETTER[6:]
    listed = [LEFT, 500, "สิ่งที่ส่งมาด้วย แบบรายงาน จำนวน ๑ ชุด"]
    for page in ([*head, listed, *body], [*head, *body]):
        (document,) = read(page)
        assert (document.kind, document.letter and document.letter.number) == ("letter", "ศธ 04007/ว 551")
        assert document.letter is not None
        assert document.letter.needs_review
        assert document.letter.date == "2023-02-02"


def test_letter_in_whose_shadow_a_table_was_seen_is_read() -> None:
    texts = [[text] for _, _, text in LETTER]
    page = {"lines": [], "tables": [{"at": [LEFT, 260], "rows": texts}]}
    (document,) = read_documents([page_of(1, page)])
    assert document.letter is not None
    assert (document.letter.number, document.letter.date) == ("ศธ 04007/ว 551", "2023-02-02")
    assert document.letter.subject == "การจัดสรรครุภัณฑ์การเรียน"


def test_table_that_was_seen_below_the_number_of_a_letter_is_none() -> None:
    head = [[LEFT, 260, "ที่ มท ๐๘๑๐/๙"], [800, 260, "กรมที่ดิน"], [600, 350, "๗ ธันวาคม ๒๕๖๔"]]
    texts = [["เรื่อง การอบรม"], ["เรียน อธิบดีกรมที่ดิน"]]
    page = {"lines": head, "tables": [{"at": [LEFT, 420], "rows": texts}]}
    (document,) = read_documents([page_of(1, page)])
    assert document.letter is not None
    assert (document.letter.subject, document.letter.recipient) == ("การอบรม", "อธิบดีกรมที่ดิน")


def test_memo_whose_head_is_ruled_as_a_table_is_read_whatever_its_words() -> None:
    rows = [["ส่วนราชการ กลุ่มงานแผน กรมที่ดิน"], ["ที่ มท ๐๕๑๕/๙"], ["เรื่อง การรายงานผล โครงการและงบประมาณ"]]
    lines = [[520, 150, "บันทึกข้อความ"], [LEFT, 420, "เรียน อธิบดีกรมที่ดิน"]]
    (document,) = read_documents(
        [page_of(1, {"lines": lines, "tables": [{"at": [LEFT, 260], "rows": rows}]})]
    )
    assert document.letter is not None
    assert (document.letter.number, document.letter.sender) == ("มท 0515/9", "กลุ่มงานแผน กรมที่ดิน")
    assert document.letter.subject == "การรายงานผล โครงการและงบประมาณ"


def test_register_of_letters_in_a_table_is_no_letter() -> None:
    rows = [["เรื่อง", "ที่"], ["การตรวจเยี่ยม", "ที่ ศธ ๐๔๐๐๗/ว ๕๕๑"], ["การประชุม", "ที่ ศธ ๐๔๐๐๗/ว ๕๕๒"]]
    (document,) = read_documents([page_of(1, {"lines": [], "tables": [{"at": [LEFT, 260], "rows": rows}]})])
    assert document.letter is None


@pytest.mark.parametrize("headed", [True, False])
def test_beginnings_of_lines_in_a_plan_are_no_labels(headed: bool) -> None:
    header = ["ที่", "มาตรการ", "งบประมาณ", "หมายเหตุ"]
    rows = [["๑", "เรื่องร้องเรียน", "-", ""], ["๒", "เรียนร้องทุกข์", "-", ""]]
    title = [[430, 200, "แผนปฏิบัติการป้องกันการทุจริต"]]
    page = {"lines": title, "tables": [{"at": [LEFT, 260], "rows": [header, *rows] if headed else rows}]}
    (document,) = read_documents([page_of(1, page)])
    assert document.kind == "plan"


def test_number_and_date_in_running_text_are_no_head() -> None:
    body = [[LEFT, 300, "ที่ ศธ ๐๔๐๐๗/ว ๕๕๑ ลงวันที่ ๒ กุมภาพันธ์ ๒๕๖๖ แล้ว นั้น"], *LETTER[6:]]
    assert spans(read(body)) == [("other", 1, 1)]


def test_line_under_the_title_of_an_announcement_is_no_part_of_its_subject() -> None:
    lines = [[430, 200, "ประกาศกรมการปกครอง"], [400, 240, "เรื่อง การตรวจเยี่ยม ประจำปี"]]
    lines += [[510, 275, "๒๕๖๕"], [510, 305, "---2"]]
    lines += [*LETTER[6:], [430, 700, "ประกาศ ณ วันที่ ๒๕ เดือน ธันวาคม พ.ศ. ๒๕๕๙๖"]]
    (document,) = read(lines)
    assert document.letter is not None
    assert (document.kind, document.letter.subject) == ("announcement", "การตรวจเยี่ยม ประจำปี ๒๕๖๕")
    assert (document.letter.date or "").startswith("2016-12")
    assert document.letter.needs_review


def test_turned_page_stays_with_its_letter() -> None:
    assert spans(read([*LETTER, TURN], [*BODY, *CLOSING])) == [("letter", 1, 2)]


def test_page_number_keeps_a_page_with_its_letter() -> None:
    assert spans(read(LETTER, [[600, 90, "- ๒ -"], *BODY, *CLOSING])) == [("letter", 1, 2)]


def test_page_behind_a_closed_letter_is_other() -> None:
    documents = read([*LETTER, *CLOSING], BODY)
    assert spans(documents) == [("letter", 1, 1), ("other", 2, 2)]
    assert "page_unplaced" in [issue.code for issue in documents[1].issues]


@pytest.mark.parametrize("above", [[], [[590, 120, "•"]]])
def test_attachment_behind_minutes_begins_with_its_title(above: list[list[Any]]) -> None:
    minutes = [[430, 150, "รายงานการประชุมคณะกรรมการ"], *LETTER[6:], *CLOSING]
    title = [[430, 160, "แนวทางปฏิบัติการป้องกัน"], [270, 260, "๑. จัดตั้งศูนย์บัญชาการและรับผิดชอบตลอดเวลา"]]
    assert spans(read(minutes, [*above, *title])) == [("minutes", 1, 1), ("other", 2, 2)]


def test_next_head_begins_the_next_letter() -> None:
    assert spans(read([*LETTER, *CLOSING], LETTER)) == [("letter", 1, 1), ("letter", 2, 2)]


def test_empty_page_is_placed_too() -> None:
    assert spans(read([*LETTER, *CLOSING], [])) == [("letter", 1, 1), ("other", 2, 2)]


@pytest.mark.parametrize(
    ("title", "below", "kind"),
    [
        ("รายงานการประชุม", "คณะกรรมการสถานศึกษา", DocumentKind.MINUTES),
        ("มติที่ประชุม", "ครั้งที่ ๔/๒๕๖๖", DocumentKind.MINUTES),
        ("คำสั่งโรงเรียนบ้านสวน", "ที่ ๑๒/๒๕๖๖", DocumentKind.OTHER),
        ("ประกาศโรงเรียนบ้านสวน", "เรื่อง การรับสมัครนักเรียน", DocumentKind.ANNOUNCEMENT),
        ("พระราชบัญญัติ", "การศึกษาแห่งชาติ", DocumentKind.OTHER),
        ("แบบรายงานความต้องการ", "ชื่อโรงเรียน", DocumentKind.OTHER),
    ],
)
def test_titles_say_what_a_document_is(title: str, below: str, kind: DocumentKind) -> None:
    page = [[540, 150, title], [530, 190, below], *BODY]
    page[2] = [270, 300, page[2][2]]
    (document,) = read(page)
    assert document.kind is kind
    assert document.title is not None


def test_running_text_that_begins_like_a_title_is_none() -> None:
    text = "ประกาศโรงเรียนบ้านสวน เรื่อง การรับสมัครนักเรียน ให้ถือปฏิบัติโดยเคร่งครัดและรายงานผลให้ทราบ"
    assert spans(read([*LETTER, TURN], [[LEFT, 150, text], *CLOSING])) == [("letter", 1, 2)]


def test_misread_labels_are_forgiven() -> None:
    lines = [*LETTER, *CLOSING]
    lines[4] = [LEFT, 410, "เรือง การจัดสรรครุภัณฑ์การเรียน"]
    lines[5] = [LEFT, 460, "เรีอน ผู้อำนวยการโรงเรียน ทุกแห่ง"]
    (document,) = read(lines)
    assert document.letter is not None
    assert document.letter.subject == "การจัดสรรครุภัณฑ์การเรียน"
    assert document.letter.recipient == "ผู้อำนวยการโรงเรียน ทุกแห่ง"


def test_unread_labels_are_known_by_their_place() -> None:
    lines = [*LETTER, *CLOSING]
    lines[4] = [LEFT, 410, "Gas การจัดสรรครุภัณฑ์การเรียน"]
    (document,) = read(lines)
    assert document.letter is not None
    assert document.letter.subject == "การจัดสรรครุภัณฑ์การเรียน"
    assert document.letter.needs_review


def test_note_below_the_signature_is_no_head() -> None:
    note: list[Any] = [LEFT, 1000, "เรียน ผอ."]
    assert spans(read([*LETTER, *CLOSING, note, [LEFT, 1040, "เพื่อโปรดทราบ"]])) == [("letter", 1, 1)]


def test_letter_with_a_subject_is_external() -> None:
    (letter,) = read([*LETTER, *CLOSING])
    assert letter.letter is not None
    assert letter.letter.form is LetterForm.EXTERNAL


def test_no_pages_give_no_documents() -> None:
    nothing: list[Page] = []
    assert read_documents(nothing) == ()


def test_message_by_radio_is_a_letter_of_its_own_form() -> None:
    lines: list[list[Any]] = [
        [500, 150, "วิทยุในราชการกรมการปกครอง"],
        [LEFT, 260, "ที่ มท ๐๓๐๙/ว ๘๘"],
        [600, 350, "๒ กุมภาพันธ์ ๒๕๖๖"],
        [LEFT, 420, "ถึง ผู้ว่าราชการจังหวัด ทุกจังหวัด"],
        [270, 500, "ด้วยกรมการปกครองขอให้จังหวัดรายงานผลการดำเนินงานภายในกำหนด"],
    ]
    (document,) = read(lines)
    assert document.kind is DocumentKind.LETTER
    assert document.letter is not None
    assert document.letter.form is LetterForm.RADIO
    assert (document.letter.number, document.letter.date) == ("มท 0309/ว 88", "2023-02-02")
    assert document.letter.sender == "กรมการปกครอง"


def test_message_by_fax_names_sender_and_recipient_on_lines_of_their_own() -> None:
    lines: list[list[Any]] = [
        [500, 150, "โทรสารในราชการกรมการปกครอง"],
        [LEFT, 200, "จาก อธิบดีกรมการปกครอง"],
        [LEFT, 250, "ถึง ผู้ว่าราชการจังหวัด ทุกจังหวัด"],
        [LEFT, 280, "และปลัดกรุงเทพมหานคร"],
        [LEFT, 330, "ที่ มท ๐๓๐๙/ว ๘๘ วันที่ ๒ กุมภาพันธ์ ๒๕๖๖"],
        [270, 400, "ด้วยกรมการปกครองขอให้จังหวัดรายงานผลการดำเนินงานภายในกำหนด"],
    ]
    (document,) = read(lines)
    letter = document.letter
    assert letter is not None
    assert (letter.number, letter.date) == ("มท 0309/ว 88", "2023-02-02")
    assert letter.sender == "อธิบดีกรมการปกครอง"
    assert letter.recipient == "ผู้ว่าราชการจังหวัด ทุกจังหวัดและปลัดกรุงเทพมหานคร"


class Watched:
    """Pages made when they are asked for, and how many lines were in memory each time."""

    def __init__(self, pages: list[list[list[Any]]]) -> None:
        self.pages = pages
        self.lines: list[int] = []

    def __iter__(self) -> Iterator[Page]:
        for number, lines in enumerate(self.pages, start=1):
            gc.collect()
            self.lines.append(sum(type(held) is Line for held in gc.get_objects()))
            yield page_of(number, {"lines": lines})

    @property
    def most(self) -> int:
        """Lines in memory at most, beyond those that were there before."""
        return max(self.lines) - self.lines[0]


def test_letters_are_let_go_when_the_next_one_begins() -> None:
    watched = Watched([[*LETTER, *CLOSING]] * 40)
    assert len(read_documents(watched)) == 40
    assert watched.most < 5 * len([*LETTER, *CLOSING])


def test_a_book_is_not_held_as_a_whole() -> None:
    text = [[170, 200 + 40 * row, f"{row} {BODY[0][2]}"] for row in range(1, 21)]
    watched = Watched([[*LETTER, *CLOSING], *[text] * 40])
    assert spans(read_documents(watched)) == [("letter", 1, 1), ("other", 2, 41)]
    assert watched.most < 5 * len(text)


def test_speck_before_the_title_of_a_message_is_no_part_of_it() -> None:
    lines: list[list[Any]] = [
        [440, 150, "——5 วิทยุในราชการกรมการปกครอง"],
        [LEFT, 200, "จาก อธิบดีกรมการปกครอง"],
        [LEFT, 250, "ถึง ผู้ว่าราชการจังหวัด ทุกจังหวัด"],
        [LEFT, 330, "ที่ มท ๐๓๐๙/ว ๘๘ วันที่ ๒ กุมภาพันธ์ ๒๕๖๖"],
        [270, 400, "ด้วยกรมการปกครองขอให้จังหวัดรายงานผลการดำเนินงานภายในกำหนด"],
    ]
    (document,) = read(lines)
    assert document.letter is not None
    assert document.letter.form is LetterForm.RADIO


def test_running_text_without_an_indent_is_no_part_of_the_subject_of_an_announcement() -> None:
    lines: list[list[Any]] = [
        [480, 150, "ประกาศจังหวัดพะเยา"],
        [330, 190, "เรื่อง การเลือกตั้งสมาชิกสภาท้องถิ่นและผู้บริหารท้องถิ่นของจังหวัด"],
        [490, 225, "(ฉบับที่ ๒) พ.ศ. ๒๕๖๐"],
        [LEFT, 262, "พิจารณาแล้วเห็นว่าการเลือกตั้งสมาชิกสภาท้องถิ่นเป็นประโยชน์ต่อการบริหารงานของหน่วยงานในเขตพื้นที่"],
        [LEFT, 297, "และเป็นไปตามระเบียบ จึงประกาศมาเพื่อทราบทั่วกัน"],
        [400, 370, "ประกาศ ณ วันที่ ๑๖ มกราคม พ.ศ. ๒๕๖๐"],
    ]
    (document,) = read(lines)
    assert document.letter is not None
    assert document.letter.subject is not None
    assert document.letter.subject.endswith("(ฉบับที่ ๒) พ.ศ. ๒๕๖๐")


@pytest.mark.parametrize("scrap", ["8", "ที"])
def test_foot_of_the_emblem_is_no_part_of_the_title_of_an_announcement(scrap: str) -> None:
    lines: list[list[Any]] = [
        [480, 150, "ประกาศจังหวัดพะเยา"],
        [600, 172, scrap],
        [440, 196, "เรื่อง การเลือกตั้งสมาชิกสภาท้องถิ่น"],
        [270, 260, "ด้วยจังหวัดพะเยาจะจัดการเลือกตั้งสมาชิกสภาท้องถิ่น จึงประกาศมาเพื่อทราบทั่วกัน"],
        [400, 330, "ประกาศ ณ วันที่ ๑๖ มกราคม พ.ศ. ๒๕๖๐"],
    ]
    (document,) = read(lines)
    assert document.letter is not None
    assert document.letter.sender == "จังหวัดพะเยา"


NARROW = 900
"""Width of a page of which a title of one row fills most."""


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        (
            [
                (100, "ประกาศสำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์แห่งประเทศไทย ในพื้นที่ส่วนภูมิภาค"),
                (400, "จังหวัดกระบี่"),
                (340, "เรื่อง การรับสมัครงาน"),
            ],
            "announcement",
        ),
        (
            [
                (100, "โทรสารในราชการกรมส่งเสริมการปกครองท้องถิ่น กองพัฒนาและส่งเสริมการบริหารงานท้อง"),
                (430, "ถิ่น"),
                (120, "จาก อธิบดีกรมการปกครอง"),
                (120, "ถึง นายอำเภอทุกอำเภอ"),
                (120, "ที่ มท ๐๓๐๙/๑๘๓"),
            ],
            "radio",
        ),
    ],
)
def test_title_may_fill_the_first_of_its_two_lines(rows: list[tuple[int, str]], form: str) -> None:
    lines = [[x, 150 + 40 * at, text] for at, (x, text) in enumerate(rows)]
    lines += [[180, 420, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงแจ้งมาเพื่อทราบทั่วกัน"]]
    (document,) = read_documents([page_of(1, {"width": NARROW, "lines": lines})])
    assert document.letter is not None
    assert document.letter.form == form


def test_letter_of_which_office_and_date_alone_were_read_begins_with_them() -> None:
    office, date = [800, 260, "กรมที่ดิน"], [600, 350, "๒ กุมภาพันธ์ ๒๕๖๖"]
    first, second = read(LETTER + CLOSING, [office, date, *LETTER[6:]])
    assert first.letter is not None
    assert second.letter is not None
    assert (second.letter.sender, second.letter.date) == ("กรมที่ดิน", "2023-02-02")
    assert second.letter.needs_review


def test_office_and_date_in_a_seal_are_no_letterhead() -> None:
    stamped = [LETTER[0], [LEFT, 320, "ถึง สำนักงานเขตพื้นที่การศึกษา ทุกแห่ง"], *LETTER[6:], TURN]
    seal: list[list[Any]] = [[805, 260, "กรมที่ดิน"], [800, 300, "๒ กุมภาพันธ์ ๒๕๖๖"]]
    assert spans(read(stamped, [*BODY, *seal])) == [("letter", 1, 2)]
