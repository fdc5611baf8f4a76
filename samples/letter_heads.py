"""The heads of letters: emblem, number, office, date; of memos; of announcements."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Ink, LetterForm
from samples.content import LetterContent, ValueHand
from samples.emblem import draw_emblem
from samples.faces import Face, text_width
from samples.inscribe import write_line
from samples.setting import centred, labelled, paragraph
from samples.sheet import BLACK, PEN_COLOURS, STAMP_COLOURS, Colour, Piece, Sheet
from samples.writing import MONTHS, digits, write_date, write_number, write_number_stem

PAGE = (595.3, 841.9)
LEFT, RIGHT = 85.0, 595.3 - 57.0
CENTRE = (LEFT + RIGHT) / 2


class LetterHead:
    """Draws the head of one letter. Each form's method returns the baseline under which the rest
    of the page goes, in points; ``seed`` decides what a hand would do differently each time."""

    def __init__(self, letter: LetterContent, seed: int) -> None:
        self.content = letter
        self.seed = seed
        type_ = letter.typeface
        self.face = Face(type_.family, type_.body_height)
        self.bold = Face(type_.family, type_.body_height, bold=True)
        self.leading = type_.leading
        self.pen_colour: Colour = PEN_COLOURS[seed % len(PEN_COLOURS)]

    def letter(self, sheet: Sheet) -> float:
        """Emblem, number and office; returns the baseline under which the rest goes."""
        draw_emblem(sheet, PAGE[0] / 2, 42, 85, BLACK)
        y = 42.0 + 85 + (4 if self.leading > 19 else 0)
        self._urgency(sheet, y - 26)
        write_line(sheet, self._number_pieces(LEFT), y, "number")
        x = PAGE[0] / 2 + 62
        widest = max(
            (text_width(t, self.face) for t in (*self.content.office, *self.content.address)), default=0.0
        )
        x = min(x, RIGHT + 30 - widest)
        if self.content.form is LetterForm.STAMPED:
            return y
        for index, text in enumerate((*self.content.office, *self.content.address)):
            role = "office" if index < len(self.content.office) else "address"
            write_line(sheet, [Piece(text, x, self.face)], y, role)
            y += self.leading
        return y - self.leading

    def _urgency(self, sheet: Sheet, y: float) -> None:
        if self.content.urgency is None:
            return
        face = Face(self.content.typeface.family, self.face.body_height * 1.75, bold=True)
        colour = STAMP_COLOURS[self.content.urgency_colour]
        write_line(sheet, [Piece(self.content.urgency, LEFT, face, colour=colour)], y, "urgency")

    def _number_pieces(self, x: float) -> list[Piece]:
        """``ที่ กบ ๐๐๒๓.๔/ว ๑๑๒๑``, its running number by hand where the letter has it so."""
        number, writing = self.content.number, self.content.writing
        if number is None:
            return [Piece("ที่", x, self.face)]
        start = x + text_width("ที่ ", self.face) + 3
        if self.content.number_hand is ValueHand.PRINT:
            return [Piece("ที่", x, self.face), Piece(write_number(number, writing), start, self.face)]
        stem = write_number_stem(number, writing)
        running = digits(number.running_text, writing.thai_digits)
        glue = " " if stem.endswith(" ") else ""
        put_in = start + text_width(stem, self.face) + 4
        return [
            Piece("ที่", x, self.face),
            Piece(stem.rstrip(), start, self.face),
            self._put_in(running, put_in, self.content.number_hand, glue),
        ]

    def _put_in(self, text: str, x: float, hand: ValueHand, glue: str = " ") -> Piece:
        """A value that was left open when the letter was printed."""
        if hand is ValueHand.PEN:
            return Piece(text, x, self.face, Ink.PEN, self.pen_colour, glue=glue)
        machine = Face("Loma", self.face.body_height * 1.15, bold=self.seed % 2 == 0)
        colour = STAMP_COLOURS["blue" if self.seed % 3 else "black"]
        return Piece(text, x, machine, Ink.PRINT, colour, glue=glue, raised=0.9 * (self.seed % 3))

    def date_pieces(self, x: float) -> list[Piece]:
        """The date; a day that is unknown leaves its space, one put in later stands in it."""
        date, writing = self.content.date, self.content.writing
        if date is None:
            return []
        if date.day is not None and self.content.day_hand is ValueHand.PRINT:
            return [Piece(write_date(date, writing), x, self.face)]
        room = text_width("๐๐", self.face) + 18
        rest = digits(f"{MONTHS[date.month - 1]} {date.year_be}", writing.thai_digits)
        pieces = [Piece(rest, x + room, self.face)]
        if date.day is not None:
            day = digits(str(date.day), writing.thai_digits)
            pieces.insert(0, self._put_in(day, x + 2, self.content.day_hand))
        return pieces

    def memo(self, sheet: Sheet) -> float:
        """บันทึกข้อความ: emblem at the left, the title, and four fields on dotted rules."""
        draw_emblem(sheet, LEFT + 22, 44, 43, BLACK)
        title = Face(self.content.typeface.family, self.face.body_height * 1.75, bold=True)
        y = 84.0
        width = text_width("บันทึกข้อความ", title)
        write_line(sheet, [Piece("บันทึกข้อความ", CENTRE - width / 2, title)], y, "title")
        if self.content.urgency:
            self._urgency_beside_emblem(sheet, y)
        label = Face(self.content.typeface.family, self.face.body_height * 1.2, bold=True)
        y += self.leading * 1.45
        y = self._memo_field(sheet, "ส่วนราชการ", self.content.sender, label, y, "office")
        y = self._memo_number_and_date(sheet, label, y)
        y = self._memo_field(sheet, "เรื่อง", self.content.subject or "", label, y, "subject")
        y += self.leading * 0.35
        write_line(sheet, self.recipient_pieces(self.content.salutation), y, "recipient")
        return y

    def _urgency_beside_emblem(self, sheet: Sheet, y: float) -> None:
        face = Face(self.content.typeface.family, self.face.body_height * 1.3, bold=True)
        colour = STAMP_COLOURS[self.content.urgency_colour]
        write_line(sheet, [Piece(self.content.urgency or "", LEFT + 52, face, colour=colour)], y, "urgency")

    def _memo_field(
        self, sheet: Sheet, label: str, text: str, label_face: Face, y: float, role: str
    ) -> float:
        for line in labelled(
            label, text, self.face, self.leading, LEFT, RIGHT, 6, None, label_face, role=role
        ):
            write_line(sheet, line.groups[0], y, role)
            last = line.groups[0][-1]
            sheet.dots(last.x, RIGHT, y + 3.0)
            y += self.leading
        return y + self.leading * 0.12

    def _memo_number_and_date(self, sheet: Sheet, label: Face, y: float) -> float:
        number = self._number_pieces(LEFT)
        shift = text_width("ที่ ", label) - text_width("ที่ ", self.face)
        number = [Piece("ที่", LEFT, label), *(replace(piece, x=piece.x + shift) for piece in number[1:])]
        write_line(sheet, number, y, "number")
        sheet.dots(LEFT + text_width("ที่ ", label), CENTRE - 8, y + 3.0)
        start = CENTRE + text_width("วันที่ ", label) + 6
        write_line(sheet, [Piece("วันที่", CENTRE, label), *self.date_pieces(start)], y, "date")
        sheet.dots(start, RIGHT, y + 3.0)
        return y + self.leading * 1.12

    def announcement(self, sheet: Sheet) -> float:
        draw_emblem(sheet, PAGE[0] / 2, 42, 85, BLACK)
        y = 152.0
        heading = [f"ประกาศ{self.content.sender}"]
        for line in heading:
            write_line(sheet, centred(line, self.bold, 0, PAGE[0] / 2).groups[0], y, "office")
            y += self.leading * 1.1
        subject = paragraph(f"เรื่อง {self.content.subject}", self.bold, self.leading, LEFT + 40, RIGHT - 20)
        for placed in subject:
            text = placed.groups[0][0].text
            write_line(sheet, centred(text, self.bold, 0, PAGE[0] / 2).groups[0], y, "subject")
            y += self.leading * 1.1
        sheet.rule(PAGE[0] / 2 - 50, y - 4, PAGE[0] / 2 + 50, y - 4, 0.6)
        return y

    def recipient_pieces(self, label: str) -> list[Piece]:
        return [
            Piece(label, LEFT, self.face),
            Piece(self.content.recipient or "", LEFT + text_width(label, self.face) + 10, self.face),
        ]
