"""The end of a letter: closing words, signer, position, owning unit and telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.letters.evidence import evidence_of
from pipeline.letters.rows import Passage, Row
from pipeline.letters.tables import read_words
from pipeline.model import Evidence
from pipeline.thai import to_arabic

CLOSING = "ขอแสดงความนับถือ"
"""The closing words of an external letter (to some offices with อย่างยิ่ง)."""

SIGNER = re.compile(
    r"[(（\[]\s*(?P<name>(?:นาย|นาง(?:สาว)?|น\.ส\.|ว่าที่|ร้อย|พัน|พล|จ่า|สิบ|ส\.|ร\.|พ\.|ดร\.|ผศ|รศ|ศ\.|ศาสตราจารย์|รองศาสตราจารย์"
    r"|ผู้ช่วยศาสตราจารย์|อาจารย์|หม่อม|ม\.[รล]\.|นพ\.|พญ\.|ทพ|ภก|สพ|แพทย์|นายแพทย์|เรือ|นาวา|คุณ|อ\.)[^()（）\[\]]{3,50}?)\s*[)）\]]"
)
"""A signer's name in brackets with a title before it: ``(นายสมชาย ใจดี)``."""

NAME = r"[^\s()][ก-๎. ]{5,45}?"
"""A name, its first letter perhaps misread."""

BARE_SIGNER = re.compile(
    rf"^(?:\W{{0,2}}\w?\s)?(?:[(（\[]\s*(?P<name>{NAME})\s*[)）\]]?|(?P<open>{NAME})\s*[)）\]])[^ก-๎]*$"
)
"""A name in brackets, or with one of them, alone on its row under the closing words: ``นายสมชาย ใจดี)``.

A stroke of the signature may stand before it: ``1 (นายสมชาย ใจดี)``."""

SIGNER_REACH = 6
"""A signer's name without a title or a bracket stands at most this many rows below the closing words."""

MISREAD_TITLE, BROKEN_TITLE = 0.2, 0.34
"""The share of a title that may be misread, and where it holds what no name has."""

NO_NAME = re.compile(r"^[^ก-ฮเแโใไ]|[^ก-๎. ]")
"""What no name has: a first letter that can't begin a word, a digit, a Latin letter."""

PHONE = re.compile(
    r"โทร(?:ศัพท์|\.)?(?:\s*/\s*โทรสาร)?\s*(?:\(.{1,12}\))?[\s.:]*"
    r"(?P<phone>[0-9][0-9 \-–/,()]{5,}[0-9](?:\s*ต่อ\s*[0-9](?:[0-9 ,\-–]*[0-9])?)?|\d{4,6})"
)
"""A telephone number: ``โทร. 0-2241-9000 ต่อ 3242``, ``โทรศัพท์/โทรสาร 0 7570 2782``."""

POSITION_STOP = re.compile(r"^(?:โทร|สำเนา|เรียน\s|ไปรษณีย์|E-?mail|www|http|ผู้ประสาน|[(（]|\d|-)", re.IGNORECASE)
"""What never is a line of a signer's position: a telephone line, a second name, a note."""

POSITION_REACH = 4
"""A position has at most this many lines."""


def is_closed(rows: Sequence[Row]) -> bool:
    """Whether a document has ended: its closing words or its signer were seen.

    In the last page the closing words come before the signer; a name in brackets in running text
    does not count, so the name must stand alone on its row.
    """
    return any(closes(row) for row in rows) or any(signs(row) for row in rows)


def closes(row: Row) -> bool:
    """Whether a row is the closing words, a few misread characters forgiven."""
    text = row.text.replace(" ", "")
    return len(text) < 40 and fuzz.partial_ratio(CLOSING, text) > 80 and len(text) > 10


def signs(row: Row) -> bool:
    """Whether a row is a signer's name in brackets and little else."""
    match = SIGNER.search(row.text)
    return bool(match and len(row.text) - len(match[0]) < 12)


def read_closing(rows: Sequence[Row]) -> dict[str, Evidence]:
    """``signer``, ``signer_position`` and ``contact_phone`` of a letter, as far as they are there."""
    found: dict[str, Evidence] = {}
    start = next((i for i, row in enumerate(rows) if closes(row)), None)
    index = _signer_row(rows, start)
    if index is not None:
        found["signer"] = _signer(rows[index], start is not None)
        position = _position(rows, index)
        if position:
            found["signer_position"] = position
    phone = _phone(rows[index or start or 0 :])
    if phone:
        found["contact_phone"] = phone
    return found


def _signer_row(rows: Sequence[Row], start: int | None) -> int | None:
    """The row with the signer's name: the first one below the closing, else the first that stands alone."""
    for index in range(start or 0, len(rows)):
        below = start is not None and index - start <= SIGNER_REACH
        if signs(rows[index]) or (below and BARE_SIGNER.match(rows[index].text)):
            return index
    return None


def _signer(row: Row, closed: bool) -> Evidence:
    match = SIGNER.search(row.text) or BARE_SIGNER.match(row.text)
    assert match is not None, "only a row that signs is handed here"
    rule = "name in brackets below the closing" if closed else "name in brackets alone on its row"
    group = "name" if match["name"] else "open"
    extent = Passage.of([row]).extent(match.start(group), match.end(group))
    read = re.sub(r"\s+", " ", match[group]).strip()
    name = with_title(read)
    if name != read:
        rule = f"{rule}; the title nearest to {read}"
    return evidence_of("signer", name, extent, rule, 0.98 if closed else 0.9)


def with_title(name: str) -> str:
    """A name, its title mended where no more than a slip or two were misread of it.

    >>> with_title("ายสมชาย ใจดี"), with_title("2ายสมชาย ใจดี"), with_title("ว่าที่ร้อยศร สมหญิง ใจดี")
    ('นายสมชาย ใจดี', 'นายสมชาย ใจดี', 'ว่าที่ร้อยตรี สมหญิง ใจดี')
    >>> with_title("นางสาวสมหญิง ใจดี"), with_title("สมหญิง ใจดี")
    ('นางสาวสมหญิง ใจดี', 'สมหญิง ใจดี')
    """
    if name.startswith(titles()):
        return name
    near = [
        (Levenshtein.distance(title, name[:length]) / len(title), -length, title)
        for title in titles()
        for length in range(len(title) - 1, len(title) + 2)
        if not name[:length].endswith(" ")
    ]
    share, length, title = min(near)
    limit = BROKEN_TITLE if NO_NAME.search(name[:-length]) else MISREAD_TITLE
    return title + name[-length:] if share <= limit else name


@cache
def titles() -> tuple[str, ...]:
    """Titles before names, from the table ``data/name_titles.csv``."""
    return tuple(row["title"] for row in read_words("name_titles"))


def _position(rows: Sequence[Row], signer: int) -> Evidence | None:
    """The lines under the name: position, ปฏิบัติราชการแทน / รักษาราชการแทน and for whom."""
    held: list[Row] = []
    for row in rows[signer + 1 : signer + 1 + POSITION_REACH]:
        if row.page != rows[signer].page or POSITION_STOP.match(to_arabic(row.text)) or len(row.text) > 90:
            break
        if held and _ends_position(held, row):
            break
        if not _beside(rows[signer], row):
            held.append(row)
    if not held:
        return None
    passage = Passage(tuple(held), " ".join(row.text for row in held), _offsets(held))
    return evidence_of(
        "signer_position", passage.text, passage.extent(), "lines under the signer's name", 0.93
    )


def _offsets(rows: Sequence[Row]) -> tuple[int, ...]:
    offsets, at = [], 0
    for row in rows:
        offsets.append(at)
        at += len(row.text) + 1
    return tuple(offsets)


def _ends_position(held: Sequence[Row], row: Row) -> bool:
    """Whether the owning unit begins here: after a gap, unless the line above ends with for whom one acts."""
    if held[-1].text.rstrip().endswith("แทน"):
        return False
    return row.gap >= (0.5 if row.line.engine == "transcript" else 1.2)


def _beside(signer: Row, row: Row) -> bool:
    """Whether a row stands left or right of the signer's name: a note, the owning unit."""
    if row.line.engine == "transcript":
        return False
    middle = signer.box.centre[0]
    return not row.box.x0 - 2 * row.height < middle < row.box.x1 + 2 * row.height


def _phone(rows: Sequence[Row]) -> Evidence | None:
    for row in rows:
        match = PHONE.search(to_arabic(row.text))
        if match:
            extent = Passage.of([row]).extent(match.start("phone"), match.end("phone"))
            return evidence_of("contact_phone", match["phone"].strip(), extent, "after โทร", 0.95)
    return None
