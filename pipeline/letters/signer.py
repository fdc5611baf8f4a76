"""A signer's name: in brackets over his position, his title before it, a signature often across both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.letters.evidence import evidence_of
from pipeline.letters.given_names import nearest_given_name
from pipeline.letters.rows import Passage, Row, span_confidence
from pipeline.letters.tables import read_words
from pipeline.model import Evidence, Rule

SIGNER = re.compile(
    r"[(（\[]\s*(?P<name>(?:นาย|นาง(?:สาว)?|น\.ส\.|ว่าที่|ร้อย|พัน|พล|จ่า|สิบ|ส\.|ร\.|พ\.|ดร\.|ผศ|รศ|ศ\.|ศาสตราจารย์|รองศาสตราจารย์"
    r"|ผู้ช่วยศาสตราจารย์|อาจารย์|หม่อม|ม\.[รล]\.|นพ\.|พญ\.|ทพ|ภก|สพ|แพทย์|นายแพทย์|เรือ|นาวา|คุณ|อ\.)[^()（）\[\]]{3,50}?)\s*[)）\]]"
)
"""A signer's name in brackets with a title before it: ``(นายสมชาย ใจดี)``."""

NAME = r"[^\s()][ก-๎. ]{5,45}?"
"""A name, its first letter perhaps misread."""

BARE_SIGNER = re.compile(
    rf"^(?:\W{{0,2}}\w?\s|[^ก-๎(\s]{{2,3}})?(?:[(（\[]\s*(?P<name>{NAME})\s*[)）\]]?|(?P<open>{NAME})\s*[)）\]])[^ก-๎]*$"
)
"""A name in brackets, or with one of them, alone on its row under the closing words: ``นายสมชาย ใจดี)``.

A stroke of the signature may stand before it or over its bracket: ``1 (นายสมชาย ใจดี)``, ``22นายสมชาย)``."""

SIGNER_REACH = 6
"""A signer's name without a title or a bracket stands at most this many rows below the closing words."""

SHORT_TITLE = 5
"""Titles up to so many letters are too like the beginnings of names to forgive a slip in them."""

MISREAD_TITLE, BROKEN_TITLE = 0.2, 0.34
"""The share of a title that may be misread; of a long one, or where it holds what no name has."""

UNSURE_TITLE = 0.9
"""Where a short title stands but something that was read less surely than this, it is that title misread."""

CERTIFIED = "สำเนาถูกต้อง"
"""What an officer writes over his own name on a copy."""

RANK_ABOVE = 2
"""A rank alone on its row stands at most so many rows above the name: a signature may lie between."""

NO_NAME = re.compile(r"^[^ก-ฮเแโใไ]|[^ก-๎. ]")
"""What no name has: a first letter that can't begin a word, a digit, a Latin letter."""

MARKS = re.compile(r"[ัิ-ฺ็-๎]")
"""Vowels and tone marks above and below letters."""

GIVEN = re.compile(r"\s*([^\s.]+)\s+(?=\S)")
"""A given name behind its title, a surname behind it: ``สมชาย`` of ``นายสมชาย ใจดี``."""

BROKEN = 0.3
"""How sure a name is that holds what no name has, or lacks a title: something of it was not read."""


def signs(row: Row) -> bool:
    """Whether a row is a signer's name in brackets and little else."""
    match = SIGNER.search(row.text)
    return bool(match and len(row.text) - len(match[0]) < 12)


def signer_row(rows: Sequence[Row], closing: int | None) -> int | None:
    """The row with the signer's name: the first one below the closing words, at row ``closing``.

    Without closing words it is the first one that stands alone, in brackets or over a position.
    """
    for index in range(closing or 0, len(rows)):
        bare = BARE_SIGNER.match(rows[index].text)
        below = index - closing <= SIGNER_REACH if closing is not None else _over_position(rows, index)
        if (signs(rows[index]) or (bare and below)) and not _certifies(rows, index):
            return index
    return None


def _certifies(rows: Sequence[Row], index: int) -> bool:
    """Whether a name is that of the officer who certifies a copy (สำเนาถูกต้อง), right below these words."""
    above = rows[max(0, index - RANK_ABOVE) : index]
    return any(CERTIFIED in row.text.replace(" ", "") and row.page == rows[index].page for row in above)


def _over_position(rows: Sequence[Row], index: int) -> bool:
    """Whether the row right below names a position, in the middle of the name above it or around it."""
    if index + 1 == len(rows) or rows[index + 1].page != rows[index].page:
        return False
    name, position = rows[index].box, rows[index + 1].box
    return position.x0 < name.centre[0] < position.x1 and names_position(rows[index + 1])


def names_position(row: Row) -> bool:
    """Whether a row begins as the name of a position does: ``นายอำเภอ``, ``ปฏิบัติราชการแทน``."""
    return row.text.startswith(positions())


def read_signer(rows: Sequence[Row], index: int, closed: bool) -> Evidence:
    """The name in the row that :func:`signer_row` found; ``closed`` says that closing words are above it."""
    row = rows[index]
    match = SIGNER.search(row.text) or BARE_SIGNER.match(row.text)
    assert match is not None, "only a row that signs is handed here"
    rule = Rule.NAME_BELOW_CLOSING if closed else Rule.NAME_ALONE
    group = "name" if match["name"] else "open"
    passage = Passage.of([row])
    start, end = match.span(group)
    title, length = _title(match[group])
    rank = "" if title else _rank_above(rows, index)
    unsure = _unsure_title(row, start, match[group]) if not (title or rank) else None
    if unsure:
        title, length = unsure
    rest, sure = _name_behind(row, start + length, end)
    name = re.sub(r"\s+", " ", f"{rank} {title}{rest}").strip()
    whole = (title or rank) and not unsure and not NO_NAME.search(name)
    certainty = (0.98 if closed else 0.9) if whole else BROKEN
    # A title is one of few, so that it is right whatever was misread of it.
    extent = replace(passage.extent(start, end), confidence=sure)
    found = evidence_of("signer", name, extent, rule, certainty)
    if title != match[group][:length]:
        found = found.because(Rule.TITLE_NEAREST, match[group].strip())
    if rank:
        found = found.because(Rule.RANK_ABOVE)
    if rest != match[group][length:]:
        found = found.because(Rule.GIVEN_NAME_NEAREST, match[group][length:].strip())
    return found


def _name_behind(row: Row, start: int, end: int) -> tuple[str, float]:
    """The name in ``row.text[start:end]``, behind its title, its given name settled; and how sure it is."""
    text = row.text[start:end]
    given = GIVEN.match(text)
    settled = nearest_given_name(row, start + given.start(1), start + given.end(1)) if given else None
    if given is None or settled is None:
        return text, span_confidence(row, start, end)
    sure = settled.confidence * span_confidence(row, start + given.end(1), end)
    return text[: given.start(1)] + settled.name + text[given.end(1) :], sure


def _rank_above(rows: Sequence[Row], index: int) -> str:
    """The rank that stands alone on a row above the name in brackets: ``พลตำรวจโท`` over ``(ปิยะ อุทัย)``."""
    for row in rows[max(0, index - RANK_ABOVE) : index]:
        title, length = _title(row.text)
        if title and length == len(row.text) and row.page == rows[index].page:
            return title
    return ""


def _unsure_title(row: Row, start: int, name: str) -> tuple[str, int] | None:
    """The one short title a slip away from what was read unsurely: ``ทาง`` of ``(ทางสมหญิง ใจดี)`` is นาง."""
    near = [_nearness(title, name) for title in titles() if "." not in title and len(title) <= SHORT_TITLE]
    share, length, title = min(near)
    alone = sum(other[0] == share for other in near) == 1
    unsure = span_confidence(row, start, start - length) < UNSURE_TITLE
    return (title, -length) if share <= BROKEN_TITLE and alone and unsure else None


def _title(name: str) -> tuple[str, int]:
    """The title that a name begins with, and how much of the name it takes; ("", 0) where it has none.

    A slip or two of it may be misread.

    >>> _title("ายสมชาย ใจดี"), _title("2ายสมชาย ใจดี"), _title("ว่าที่ร้อยศร สมหญิง ใจดี")
    (('นาย', 2), ('นาย', 3), ('ว่าที่ร้อยตรี', 12))
    >>> _title("นสาวสมหญิง ใจดี"), _title("ว่าหยอยตรี สมหญิง ใจดี")
    (('นางสาว', 4), ('ว่าที่ร้อยตรี', 10))
    >>> _title("นางสาวสมหญิง ใจดี"), _title("สมหญิง ใจดี"), _title("พ.ต.อ. สมชาย ใจดี")
    (('นางสาว', 6), ('', 0), ('พ.ต.อ.', 6))
    """
    exact = max((title for title in titles() if name.startswith(title)), key=len, default="")
    if exact:
        return exact, len(exact)
    whole_words = [title for title in titles() if "." not in title]
    near = [_nearness(title, name) for title in whole_words]
    share, length, title = min(near)
    broken = len(title) > SHORT_TITLE or NO_NAME.search(name[:-length])
    return (title, -length) if share <= (BROKEN_TITLE if broken else MISREAD_TITLE) else ("", 0)


def _nearness(title: str, name: str) -> tuple[float, int, str]:
    """(share of the title that is misread, minus the length it takes of the name, the title).

    Of a title of many letters it is that of these alone, if that is less: marks are the first to be lost.
    """
    slips = max(1, int(len(title) * BROKEN_TITLE))
    return min(
        (_misread(title, name[:length]), -length, title)
        for length in range(len(title) - slips, len(title) + slips + 1)
        if not name[:length].endswith(" ")
    )


def _misread(title: str, read: str) -> float:
    """The share of a title that is misread."""
    share = Levenshtein.distance(title, read) / len(title)
    letters = MARKS.sub("", title)
    if len(letters) <= SHORT_TITLE:
        return share
    return min(share, Levenshtein.distance(letters, MARKS.sub("", read)) / len(letters))


@cache
def titles() -> tuple[str, ...]:
    """Titles before names, from the table ``data/name_titles.csv``."""
    return tuple(row["title"] for row in read_words("name_titles"))


@cache
def positions() -> tuple[str, ...]:
    """How positions begin, from the table ``data/positions.csv``."""
    return tuple(row["word"] for row in read_words("positions"))
