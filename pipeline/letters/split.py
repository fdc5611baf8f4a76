"""A bundle cut into documents: which sheets belong together, and what each document is.

Every sheet with a head of its own begins a document. A sheet without one goes on with the document
before it while that is unfinished (no closing and signature yet, or a page-turn mark announced it);
otherwise it is an attachment of its own kind, or ``other``: no sheet is swallowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from pipeline.letters.closing import is_closed
from pipeline.letters.letterhead import Letterhead, issues, read_letterhead
from pipeline.letters.margins import BODY_OPENING
from pipeline.letters.marks import NUMBER_LABEL, NUMBER_ROW
from pipeline.letters.plan_tables import has_plan_columns
from pipeline.letters.rows import Row
from pipeline.letters.sheets import Sheet
from pipeline.letters.titles import Title, match_title
from pipeline.model import DocumentKind, LetterForm, Stamp
from pipeline.thai import agency_of, find_dates, squeeze, to_arabic

LETTER_FORMS = {
    DocumentKind.LETTER: LetterForm.EXTERNAL,
    DocumentKind.MEMO: LetterForm.MEMO,
    DocumentKind.ANNOUNCEMENT: LetterForm.ANNOUNCEMENT,
}

TITLE_KINDS = {
    "memo": DocumentKind.MEMO,
    "minutes": DocumentKind.MINUTES,
    "announcement": DocumentKind.ANNOUNCEMENT,
    "plan": DocumentKind.PLAN,
}
"""Kinds of ``data/titles.csv`` that have a kind of their own; order, law and attachment are ``other``."""

RUNNING_TEXT = re.compile(r"^(?:\(?\d{1,2}[.)]|\(\d|ข้อ\s?\d|มาตรา\s?\d|หมวด|ส่วนที่\s?\d|\()")
"""How a page goes on in the middle of a text: ``(1) เนื้อที่``, ``ข้อ 6 ในกรณี``, ``มาตรา 9``."""

LARGE_TABLE = 0.3
"""A table over this share of its sheet is what the sheet is about."""

TITLE_ROWS = 6
"""A title stands among the first rows of its sheet."""

TITLE_ROOM, FULL_LINE_ROOM = 0.16, 0.1
"""A title leaves this share of the width free at both sides; the first of two lines may leave less."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What the head of a sheet says: the document that begins there."""

    kind: DocumentKind
    form: LetterForm | None
    confidence: float
    letterhead: Letterhead | None = None
    title_row: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A document as sheets; ``head`` is that of the first one.

    ``closed`` says that its closing words or its signer were seen. Only letters have text on their later
    sheets: other documents are known by their first one, and may be books.
    """

    head: Head
    sheets: tuple[Sheet, ...]
    confidence: float
    closed: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for sheet in self.sheets for row in sheet.rows)

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        return tuple(stamp for sheet in self.sheets for stamp in sheet.stamps)


def split_bundle(sheets: Iterable[Sheet]) -> Iterator[Part]:
    """Group the sheets of a bundle into documents, in order; every sheet is in exactly one.

    Each document is handed on as soon as the next one begins, so that one at a time is held.
    """
    part: Part | None = None
    for sheet in sheets:
        head = find_head(sheet)
        if part and _goes_on(part, sheet, head):
            part = _extended(part, sheet)
            continue
        if part:
            yield part
        start = head or _without_head(sheet, part)
        part = Part(start, (sheet,), start.confidence, is_closed(sheet.rows))
    if part:
        yield part


def _extended(part: Part, sheet: Sheet) -> Part:
    return replace(
        part,
        sheets=(*part.sheets, sheet if part.head.form else _outline(sheet)),
        confidence=min(part.confidence, _joined(part, sheet)),
        closed=part.closed or is_closed(sheet.rows),
    )


def _outline(sheet: Sheet) -> Sheet:
    """A sheet without its text."""
    tables = tuple(replace(table, cells=()) for table in sheet.tables)
    return replace(sheet, rows=(), seals=(), marks=(), tables=tables)


# ---------------------------------------------------------------------- heads


def find_head(sheet: Sheet) -> Head | None:
    """The head of a document at the top of this sheet, or None for a sheet that has none."""
    titled = _title(sheet)
    letterhead = read_letterhead(sheet)
    if titled and titled[1].kind == "memo":
        return Head(DocumentKind.MEMO, LetterForm.MEMO, 0.98, letterhead, titled[0], "memo")
    if titled and titled[1].kind == "radio":
        return Head(DocumentKind.LETTER, LetterForm.RADIO, 0.9, letterhead, titled[0], "radio")
    if letterhead.has("office") and (letterhead.has("subject") or letterhead.has("recipient")):
        return Head(DocumentKind.MEMO, LetterForm.MEMO, 0.9, letterhead, None, "memo")
    if titled and titled[1].kind != "attachment" and titled[1].kind != "plan":
        return _titled_head(titled, letterhead)
    letter = _letter_head(sheet, letterhead)
    if letter:
        return letter
    if plan_table(sheet) or (titled and titled[1].kind == "plan" and sheet.tables):
        return Head(DocumentKind.PLAN, None, 0.95, None, titled[0] if titled else None, "plan")
    return _titled_head(titled, letterhead) if titled and titled[1].kind == "attachment" else None


def _titled_head(titled: tuple[int, Title], letterhead: Letterhead) -> Head:
    kind = TITLE_KINDS.get(titled[1].kind, DocumentKind.OTHER)
    return Head(kind, LETTER_FORMS.get(kind), 0.93, letterhead, titled[0], titled[1].kind)


def _title(sheet: Sheet) -> tuple[int, Title] | None:
    """(row, title) of the first title row near the top, centred where places are known."""
    gazette: tuple[int, Title] | None = None
    for index, row in enumerate(sheet.rows[:TITLE_ROWS]):
        if sheet.placed and row.box.y0 > 0.45 * sheet.paper_height:
            break
        title = match_title(row.text)
        if title and title.kind == "gazette":
            gazette = index, title
        elif title and _title_stands(sheet, index, title):
            return index, title
        if len(row.text) > 100:
            break
    return gazette


def _title_stands(sheet: Sheet, index: int, title: Title) -> bool:
    """Whether a row that begins like a title is one: centred, or followed by what a title needs."""
    row = sheet.rows[index]
    if title.needs_subject:
        following = [squeeze(other.text) for other in sheet.rows[index + 1 : index + 5]]
        if not any(text.startswith(("เรื่อง", "ที่")) for text in following):
            return False
    # A title of two lines, the first of them full, is known by what follows it or by the name of the form.
    room = FULL_LINE_ROOM if title.needs_subject or title.kind == "radio" else TITLE_ROOM
    placed_as_title = _centred(row, sheet, room) or row.box.x0 > 0.55 * sheet.width
    return not sheet.placed or title.kind == "memo" or placed_as_title


def _centred(row: Row, sheet: Sheet, room: float = TITLE_ROOM) -> bool:
    """Whether a row stands in the middle of the sheet with so much room at both sides, as titles do."""
    left, right = row.box.x0, sheet.width - row.box.x1
    return abs(left - right) < 0.2 * sheet.width and min(left, right) > room * sheet.width


def _letter_head(sheet: Sheet, letterhead: Letterhead) -> Head | None:
    """An external or stamped letter: its labels in order, with a number or date to bear them out.

    Where no label can be read, number or office and the date below them are a letterhead.
    """
    numbered = any(_is_numbered(row) for row in letterhead.top)
    dated = any(find_dates(row.text) for row in letterhead.top)
    if letterhead.has("to") and not letterhead.has("subject") and (numbered or sheet.seals):
        return Head(DocumentKind.LETTER, LetterForm.STAMPED, 0.95 if numbered else 0.8, letterhead)
    labels = letterhead.has("subject") + letterhead.has("recipient") + letterhead.has("to")
    listed = letterhead.has("refers_to") or letterhead.has("encloses")
    issued = numbered or (not labels and any(issues(row, sheet) for row in letterhead.top))
    signs = labels + issued + (0.5 if labels else 1) * dated + 0.5 * listed
    if signs < 2 or (labels == 0 and not (sheet.placed and issued and dated)):
        return None
    return Head(DocumentKind.LETTER, LetterForm.EXTERNAL, min(0.99, 0.7 + 0.1 * signs), letterhead)


def _is_numbered(row: Row) -> bool:
    """Whether a row is the letter's number, or begins as one does: with ที่ and an agency's letters."""
    label = NUMBER_LABEL.match(row.text)
    return bool(NUMBER_ROW.match(row.text) or (label and agency_of(label["letters"])))


def plan_table(sheet: Sheet) -> bool:
    """Whether the sheet holds a table with the columns of a plan."""
    return any(has_plan_columns(table) for table in sheet.tables)


def _without_head(sheet: Sheet, before: Part | None) -> Head:
    """A sheet that begins a document although it has no head: a plan that runs on, or ``other``."""
    if before and before.head.kind is DocumentKind.PLAN and sheet.tables:
        return Head(DocumentKind.PLAN, None, 0.6)
    return Head(DocumentKind.OTHER, None, 0.6)


# ---------------------------------------------------------------------- continuation


def _goes_on(before: Part, sheet: Sheet, head: Head | None) -> bool:
    """Whether a sheet belongs to the document before it."""
    if head is not None:
        return _same_titled(before, sheet, head)
    if before.head.kind is DocumentKind.PLAN:
        return bool(sheet.tables)
    announced = before.sheets[-1].turns or sheet.page_number == len(before.sheets) + 1
    if before.head.form is None:
        begins = _opens_with_title(sheet) or _opens_unplaced(before, sheet) or _turns_to_table(before, sheet)
        return announced or not begins
    if before.head.form is LetterForm.STAMPED:
        return announced
    if sheet.page_number == len(before.sheets) + 1:
        return True
    return not before.closed and bool(sheet.rows)


def _opens_unplaced(before: Part, sheet: Sheet) -> bool:
    """Whether a page of a transcript begins anew: a short row leads, behind a document that was signed."""
    if sheet.placed or not sheet.rows:
        return False
    if sheet.page == before.sheets[-1].page:
        return True  # a page of a transcript is only cut where something begins
    first = sheet.rows[0].text
    running = RUNNING_TEXT.match(to_arabic(first)) or BODY_OPENING.match(first)
    return before.closed and len(first) < 90 and not running


def _turns_to_table(before: Part, sheet: Sheet) -> bool:
    """Whether a sheet is mostly a table behind sheets that have none: a form, a plan that can't be read."""
    large = any(table.box.area > LARGE_TABLE * sheet.width * sheet.paper_height for table in sheet.tables)
    return sheet.placed and large and not any(other.tables for other in before.sheets)


def _opens_with_title(sheet: Sheet) -> bool:
    """Whether the first row, specks above it left out, stands in the middle alone, as a title does."""
    rows = [row for row in sheet.rows if re.search(r"\w", row.text)]
    if not rows or not sheet.placed:
        return False
    first = rows[0]
    beside = [row for row in rows[1:4] if abs(row.box.centre[1] - first.box.centre[1]) < first.height]
    running = RUNNING_TEXT.match(to_arabic(first.text))
    return _centred(first, sheet) and not beside and not running and len(first.text) > 5


def _same_titled(before: Part, sheet: Sheet, head: Head) -> bool:
    """Whether a titled sheet repeats the title of the one before, as a table's second page does."""
    if head.name == "gazette":
        return before.head.name in ("gazette", "law")
    if head.kind is not before.head.kind or head.kind is not DocumentKind.PLAN:
        return False
    first, second = _title_text(before.sheets[0], before.head), _title_text(sheet, head)
    if not first or not second:
        return True
    return Levenshtein.normalized_similarity(squeeze(first), squeeze(second)) > 0.85


def _title_text(sheet: Sheet, head: Head) -> str:
    return sheet.rows[head.title_row].text if head.title_row is not None else ""


def _joined(before: Part, sheet: Sheet) -> float:
    """How sure a continuation is: announced by a mark or page number, or only by what is missing."""
    announced = before.sheets[-1].turns or sheet.page_number == len(before.sheets) + 1
    return 0.98 if announced or before.head.kind is not DocumentKind.LETTER else 0.8
