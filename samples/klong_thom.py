"""A bundle after the facts of a real one: six letters about anti-corruption plans, 2563 to 2564.

Numbers, dates, offices, subjects and the plan's rows are those of the real bundle, each letter
under the number and date that the letters citing it give. What the letters say, the names of those
who sign them, and the receive stamps are invented.
"""

from __future__ import annotations

from typing import Any

from pipeline.model import LetterForm
from samples.content import (
    BundleContent,
    CitedLetter,
    ColumnKind,
    LetterContent,
    LetterDate,
    ListItem,
    MinutesContent,
    NumberParts,
    PlanColumn,
    PlanContent,
    PlanRow,
    PlanStyle,
    StampContent,
    Typeface,
    ValueHand,
    Writing,
)
from samples.vocabulary import table
from samples.writing import write_cited_date, write_number

_WRITING = Writing()
_DISTRICT, _PROVINCE, _DEPARTMENT, _NACC, _NACC_EXTENSION, _NACC_GUIDELINE = range(6)

_LETTERS = (
    (NumberParts("กบ", "0023.4", 1121, circular=True), LetterDate(2564, 12, 23)),
    (NumberParts("กบ", "0023.4", 6394, circular=True), LetterDate(2564, 12, 21)),
    (NumberParts("มท", "0810.3", 2927, circular=True), LetterDate(2564, 12, 7)),
    (NumberParts("ปช", "0013", 84, padding=4), LetterDate(2564, 11, 23)),
    (NumberParts("ปช", "0013", 75, padding=4), LetterDate(2563, 7, 14)),
    (NumberParts("ปช", "0037", 65, padding=4), LetterDate(2563, 4, 15)),
)
_SIGNERS = (
    ("นายเกษมสันต์ พึ่งพาบุญ", ("นายอำเภอคลองท่อม",)),
    ("นายวรวุฒิ นาคประดิษฐ์", ("ท้องถิ่นจังหวัดกระบี่ ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัดกระบี่")),
    ("นายชาญวิทย์ สุขเกษมศรี", ("รองอธิบดี ปฏิบัติราชการแทน", "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น")),
    ("นายธีรวัฒน์ คงประเสริฐสุข", ("ผู้ช่วยเลขาธิการฯ ปฏิบัติราชการแทน", "เลขาธิการคณะกรรมการ ป.ป.ช.")),
    ("นายยุทธนา ศรีสุขุมาลย์", ("ผู้ช่วยเลขาธิการฯ ปฏิบัติราชการแทน", "เลขาธิการคณะกรรมการ ป.ป.ช.")),
    ("นายยุทธนา ศรีสุขุมาลย์", ("ผู้ช่วยเลขาธิการฯ ปฏิบัติราชการแทน", "เลขาธิการคณะกรรมการ ป.ป.ช.")),
)


def klong_thom() -> BundleContent:
    """The whole bundle: six letters, an extract of minutes, the plan of 28 rows."""
    letters = tuple(_letter(place) for place in range(len(_LETTERS)))
    return BundleContent("klong-thom.pdf", (*letters, _minutes(), _plan()))


def _letter(place: int) -> LetterContent:
    entry = table("klong_thom")["letters"][place]
    number, date = _LETTERS[place]
    signer, position = _SIGNERS[place]
    return LetterContent(
        form=LetterForm.EXTERNAL,
        number=number,
        date=date,
        office=(entry["office"],),
        address=tuple(entry["address"]),
        recipient=entry["recipient"],
        subject=entry["subject"],
        references=_references(place),
        enclosures=_enclosures(place),
        paragraphs=tuple(entry["paragraphs"]),
        signer=signer,
        position=position,
        unit=tuple(entry["unit"]),
        stamps=tuple(_stamp(stamp) for stamp in entry["stamps"]),
        number_hand=ValueHand.PEN if place == _DISTRICT else ValueHand.PRINT,
        writing=_WRITING,
        typeface=Typeface("Laksaman", 5.9, 18.6, "clusters"),
        pen_notes=("เรียน ผอ.", "- แจ้งทุกกลุ่มงาน") if place == _DEPARTMENT else (),
    )


def _stamp(entry: dict[str, Any]) -> StampContent:
    return StampContent(**{**entry, "hand": ValueHand(entry["hand"])})


def _held(sender: str, place: int, copy: bool = False, quantity: str | None = None) -> ListItem:
    number, date = _LETTERS[place]
    return _item(sender, number, date, place, copy, quantity)


def _item(
    sender: str,
    number: NumberParts,
    date: LetterDate,
    target: int | None = None,
    copy: bool = False,
    quantity: str | None = None,
) -> ListItem:
    name = f"{'สำเนา' if copy else ''}หนังสือ{sender}"
    text = f"{name} ที่ {write_number(number, _WRITING)} {write_cited_date(date, _WRITING)}"
    return ListItem(text, quantity, (CitedLetter(number, date, target),))


def _references(place: int) -> tuple[ListItem, ...]:
    match place:
        case 1:
            first = NumberParts("กบ", "0023.4", 2997, circular=True), LetterDate(2563, 6, 10)
            second = NumberParts("กบ", "0023.4", 4122, circular=True), LetterDate(2563, 8, 18)
            return _item("จังหวัดกระบี่ ด่วนที่สุด", *first), _item("จังหวัดกระบี่", *second)
        case 2:
            first = NumberParts("มท", "0810.3", 1493, circular=True), LetterDate(2563, 5, 21)
            second = NumberParts("มท", "0810.3", 2271, circular=True), LetterDate(2563, 7, 31)
            return tuple(_item("กรมส่งเสริมการปกครองท้องถิ่น", *cited) for cited in (first, second))
        case 3:
            return (_held("สำนักงาน ป.ป.ช.", _NACC_EXTENSION),)
        case 4:
            return (_held("สำนักงาน ป.ป.ช.", _NACC_GUIDELINE),)
        case _:
            return ()


def _enclosures(place: int) -> tuple[ListItem, ...]:
    match place:
        case 0:
            return (_held("จังหวัดกระบี่", _PROVINCE, copy=True, quantity="จำนวน ๑ ชุด"),)
        case 1:
            return (_held("กรมส่งเสริมการปกครองท้องถิ่น", _DEPARTMENT, copy=True, quantity="จำนวน ๑ ฉบับ"),)
        case 2:
            return (_held("สำนักงาน ป.ป.ช.", _NACC, copy=True, quantity="จำนวน ๑ ฉบับ"),)
        case 4:
            return (ListItem("สำเนามติการประชุมคณะกรรมการ ป.ป.ช. ครั้งที่ ๑/๒๕๖๓ เมื่อวันที่ ๒ มกราคม ๒๕๖๓"),)
        case 5:
            return (ListItem("หนังสือแนวทางการยกระดับผลการประเมินคุณธรรมและความโปร่งใส", "จำนวน ๑ เล่ม"),)
        case _:
            return ()


def _minutes() -> MinutesContent:
    entry = table("klong_thom")["minutes"]
    return MinutesContent(
        head=tuple(entry["head"]),
        paragraphs=tuple(entry["paragraphs"]),
        signers=(
            ("นายสุรเชษฐ์ มั่นคงทรัพย์", ("กรรมการและเลขานุการ",)),
            ("นางสาวอรพรรณ หอมจันทร์ดี", ("ผู้จดรายงานการประชุม",)),
        ),
    )


def _plan() -> PlanContent:
    entry = table("klong_thom")["plan"]
    rows = tuple(
        PlanRow(number, title, dimension, budget, _quarters(ticked))
        for number, (title, dimension, budget, ticked) in enumerate(entry["rows"], start=1)
    )
    columns = (
        PlanColumn(ColumnKind.ITEM_NO, "ลำดับ", 5.5),
        PlanColumn(ColumnKind.TITLE, "รายการโครงการ (ตั้งต้น)", 44),
        PlanColumn(ColumnKind.DIMENSION, "มิติ", 5),
        PlanColumn(ColumnKind.BUDGET, "งบประมาณ (บาท)", 12.5),
        PlanColumn(ColumnKind.QUARTERS, "ดำเนินการไตรมาส", 20),
        PlanColumn(ColumnKind.NOTE, "หมายเหตุ", 10),
    )
    return PlanContent(
        title=entry["title"],
        organisation=entry["organisation"],
        fiscal_year_be=2565,
        columns=columns,
        rows=rows,
        as_of=LetterDate(2565, 2, 17),
        reporter="นายภูวเดช ทองสุขเลิศ",
        legend=tuple(entry["legend"]),
        style=PlanStyle(tick="check_box", money="two_decimals"),
        typeface=Typeface("Laksaman", 5.3, 16.6),
    )


def _quarters(ticked: str) -> tuple[bool, bool, bool, bool]:
    """``"14"`` is the first and the last."""
    return "1" in ticked, "2" in ticked, "3" in ticked, "4" in ticked
