"""Letters on paper as ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ lays them out:
external letters, stamped letters, memos and announcements."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model import Ink, LetterForm
from samples.content import LetterContent, ListItem
from samples.faces import Face, text_width
from samples.inscribe import write_line
from samples.letter_heads import LEFT, PAGE, RIGHT, LetterHead
from samples.qr_code import draw_qr_code
from samples.setting import SetLine, centred, labelled, paginate, paragraph, words
from samples.sheet import PEN_COLOURS, STAMP_COLOURS, Piece, Sheet
from samples.signatures import signature
from samples.stamps import draw_receive_stamp, draw_seal
from samples.writing import digits, write_date

INDENT = 71.0
_BOTTOM = 841.9 - 62.0
_NEXT_TOP = 72.0

# "๑. ให้…" or "(๒) ให้…": a paragraph that is an item of a list.
_ITEM_START = re.compile(r"^\(?[๐-๙0-9]+[.)] ")


class LetterSetter:
    """Sets one letter; ``seed`` decides what a hand would do differently each time."""

    def __init__(self, letter: LetterContent, dpi: int, seed: int) -> None:
        self.letter = letter
        self.dpi = dpi
        self.seed = seed
        self.head = LetterHead(letter, seed)
        type_ = letter.typeface
        self.face = Face(type_.family, type_.body_height)
        self.leading = type_.leading

    def pages(self) -> list[Sheet]:
        """The letter's pages, drawn."""
        first = Sheet(*PAGE, self.dpi)
        match self.letter.form:
            case LetterForm.MEMO:
                top, lines = self.head.memo(first), self._body_kept() + self._close_memo()
            case LetterForm.ANNOUNCEMENT:
                top, lines = self.head.announcement(first), self._body_kept() + self._close_announcement()
            case LetterForm.STAMPED:
                top, lines = self.head.letter(first), self._stamped_lines()
            case _:
                top, lines = self.head.letter(first), self._external_lines()
        return self._lay_out(first, top, lines)

    # ------------------------------------------------------------------ bodies

    def _external_lines(self) -> list[SetLine]:
        date = SetLine((tuple(self.head.date_pieces(PAGE[0] / 2 - 4)),), self.leading * 1.35, "date")
        lines = [date] if self.letter.date else []
        gap = self.leading * 0.35
        for label, text, role in (
            ("เรื่อง", self.letter.subject, "subject"),
            (self.letter.salutation, self.letter.recipient, "recipient"),
        ):
            lines += labelled(
                label, text or "", self.face, self.leading, LEFT, RIGHT, 10, role=role, space_before=gap
            )
        lines += self._listed("อ้างถึง", self.letter.references, "references")
        lines += self._listed("สิ่งที่ส่งมาด้วย", self.letter.enclosures, "enclosures")
        return [*lines, *self._body_kept(), *self._close_external()]

    def _stamped_lines(self) -> list[SetLine]:
        gap = self.leading * 0.6
        to = labelled(
            "ถึง",
            self.letter.recipient or "",
            self.face,
            self.leading,
            LEFT,
            RIGHT,
            10,
            role="recipient",
            space_before=gap,
        )
        seal_room = SetLine((), 118.0, "seal", keep=True)
        return [*to, *self._body_kept(), seal_room, *self._unit_lines(self.leading * 2)]

    def _listed(self, label: str, items: tuple[ListItem, ...], role: str) -> list[SetLine]:
        """One item after its label, or several numbered with hanging indents."""
        lines: list[SetLine] = []
        gap = self.leading * 0.35
        hang = text_width(label, self.face) + 10
        if len(items) == 1:
            item = items[0]
            return labelled(
                label,
                item.text,
                self.face,
                self.leading,
                LEFT,
                RIGHT,
                hang=hang,
                tail=item.quantity,
                role=role,
                space_before=gap,
            )
        for index, item in enumerate(items):
            mark = digits(f"{index + 1}.", self.letter.writing.thai_digits)
            start = LEFT + hang + text_width(mark, self.face) + 5
            broken = labelled(
                "",
                item.text,
                self.face,
                self.leading,
                start,
                RIGHT,
                hang=0,
                tail=item.quantity,
                role=role,
                space_before=gap if index == 0 else 0,
            )
            head = [Piece(mark, LEFT + hang, self.face)]
            if index == 0:
                head.insert(0, Piece(label, LEFT, self.face))
            first = broken[0]
            broken[0] = SetLine(((*head, *first.groups[0]),), first.advance, role)
            lines += broken
        return lines

    def _body(self) -> list[SetLine]:
        lines: list[SetLine] = []
        for index, text in enumerate(self.letter.paragraphs):
            indent = INDENT + (14 if _ITEM_START.match(text) else 0)
            gap = self.leading * (0.45 if index == 0 else 0.3)
            lines += paragraph(
                text, self.face, self.leading, LEFT, RIGHT, indent, self.letter.typeface.justify, gap
            )
        return lines

    def _body_kept(self) -> list[SetLine]:
        """The body, its last two lines kept with what closes the letter."""
        lines = self._body()
        return [*lines[:-2], *(replace(line, keep=True) for line in lines[-2:])]

    # ------------------------------------------------------------------ closings

    def _close_external(self) -> list[SetLine]:
        middle = PAGE[0] / 2 + 52
        closing = centred("ขอแสดงความนับถือ", self.face, self.leading * 1.6, middle, "closing", keep=True)
        return [closing, *self._signature_lines(middle), *self._unit_lines(self.leading * 1.8)]

    def _close_memo(self) -> list[SetLine]:
        return self._signature_lines(PAGE[0] / 2 + 52)

    def _close_announcement(self) -> list[SetLine]:
        date = self.letter.date
        if date is None:
            return self._signature_lines(PAGE[0] / 2 + 30)
        text = f"ประกาศ ณ วันที่ {write_date(date, self.letter.writing, era=True)}"
        made = SetLine(
            ((Piece(text, LEFT + INDENT * 1.6, self.face),),), self.leading * 1.8, "date", keep=True
        )
        return [made, *self._signature_lines(PAGE[0] / 2 + 30)]

    def _signature_lines(self, middle: float) -> list[SetLine]:
        if self.letter.signer is None:
            return []
        name = centred(f"({self.letter.signer})", self.face, self.leading * 3.1, middle, "signer", keep=True)
        lines = [SetLine(name.groups, name.advance, "signer", keep=True, signature=True)]
        lines += [
            centred(text, self.face, self.leading, middle, "position", keep=True)
            for text in self.letter.position
        ]
        return lines if self.letter.unit else [*lines[:-1], replace(lines[-1], keep=False)]

    def _unit_lines(self, gap: float) -> list[SetLine]:
        return [
            SetLine(
                ((Piece(text, LEFT, self.face),),),
                gap if index == 0 else self.leading,
                "unit",
                keep=index + 1 < len(self.letter.unit),
            )
            for index, text in enumerate(self.letter.unit)
        ]

    # ------------------------------------------------------------------ pages

    def _lay_out(self, first: Sheet, top: float, lines: list[SetLine]) -> list[Sheet]:
        shared = paginate(lines, top, _NEXT_TOP, _BOTTOM - 2 * self.leading, _BOTTOM)
        sheets = [first, *(Sheet(*PAGE, self.dpi) for _ in shared[1:])]
        for index, (sheet, placed) in enumerate(zip(sheets, shared, strict=True)):
            if index:
                self._page_number(sheet, index + 1)
            self._secrecy(sheet)
            for line, y in placed:
                self._draw(sheet, line, y)
            if index + 1 < len(shared):
                self._turn_mark(sheet, shared[index + 1][0][0])
        for number, stamp in enumerate(self.letter.stamps):
            draw_receive_stamp(first, stamp, self.seed * 31 + number)
        return sheets

    def _secrecy(self, sheet: Sheet) -> None:
        """ลับ in red at the head and the foot of every page."""
        if self.letter.secrecy is None:
            return
        face = Face(self.letter.typeface.family, self.face.body_height * 1.6, bold=True)
        x = PAGE[0] / 2 - text_width(self.letter.secrecy, face) / 2
        for y in (30.0, PAGE[1] - 24.0):
            piece = Piece(self.letter.secrecy, x, face, colour=STAMP_COLOURS["red"])
            write_line(sheet, [piece], y, "secrecy")

    def _draw(self, sheet: Sheet, line: SetLine, y: float) -> None:
        for group in line.groups:
            write_line(sheet, group, y, line.role)
        if line.role == "unit" and self.letter.qr_code and line.groups[0][0].text == self.letter.unit[0]:
            draw_qr_code(sheet, RIGHT - 62, y - 12, 54, self.seed)
        if line.role == "closing":
            self._pen_notes(sheet, y)
        if line.role == "seal":
            draw_seal(sheet, self.letter, PAGE[0] / 2 + 60, y - 52, self.seed)
        if line.signature:
            piece = line.groups[0][0]
            middle = piece.x + text_width(piece.text, piece.face) / 2
            signature(
                sheet,
                middle - 38,
                y - self.leading * 2.35,
                76,
                self.leading * 1.5,
                self.head.pen_colour,
                self.seed,
            )

    def _pen_notes(self, sheet: Sheet, y: float) -> None:
        """What was written by hand to the left of the signature."""
        for index, text in enumerate(self.letter.pen_notes):
            x = LEFT - 12 + 9 * ((self.seed + index * 5) % 4)
            piece = Piece(text, x, self.face, Ink.PEN, PEN_COLOURS[(self.seed + 1) % len(PEN_COLOURS)])
            write_line(sheet, [piece], y + 6 + index * 21, "note")

    def _page_number(self, sheet: Sheet, number: int) -> None:
        text = digits(f"- {number} -", self.letter.writing.thai_digits)
        write_line(sheet, centred(text, self.face, 0, PAGE[0] / 2).groups[0], 50, "page_number")

    def _turn_mark(self, sheet: Sheet, following: SetLine) -> None:
        """``/ สามารถ...``: how the next page begins, at the foot of this one."""
        if not following.groups:
            return
        start = following.groups[0][-1].text if following.groups[0] else ""
        beginning = "".join(words(start)[: 3 if _ITEM_START.match(start) else 1]).strip()
        space = " " if self.seed % 2 else ""
        text = f"/{space}{beginning}{' ' if self.seed % 3 == 0 else ''}..."
        write_line(sheet, [Piece(text, RIGHT - text_width(text, self.face), self.face)], _BOTTOM, "turn_mark")
