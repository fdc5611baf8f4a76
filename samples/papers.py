"""Enclosures that are no letters: extracts of minutes, and attachments of running text."""

from __future__ import annotations

from samples.content import AttachmentContent, MinutesContent
from samples.emblem import draw_emblem
from samples.faces import Face, text_width
from samples.inscribe import write_line
from samples.letter_heads import LEFT, PAGE, RIGHT
from samples.letters import INDENT
from samples.setting import SetLine, centred, paginate, paragraph
from samples.sheet import BLACK, PEN_COLOURS, Sheet
from samples.signatures import signature

_BOTTOM = 770.0


def _head_lines(head: tuple[str, ...], face: Face, leading: float) -> list[SetLine]:
    return [centred(text, face, leading * 1.1, PAGE[0] / 2, "title", keep=True) for text in head]


def _body_lines(paragraphs: tuple[str, ...], face: Face, leading: float, justify: str) -> list[SetLine]:
    return [
        line
        for text in paragraphs
        for line in paragraph(text, face, leading, LEFT, RIGHT, INDENT, justify, leading * 0.35)
    ]


def _draw(lines: list[SetLine], dpi: int, top: float, emblem: bool, seed: int = 0) -> list[Sheet]:
    sheets: list[Sheet] = []
    for number, placed in enumerate(paginate(lines, top, 72.0, _BOTTOM, _BOTTOM)):
        sheet = Sheet(*PAGE, dpi)
        if emblem and number == 0:
            draw_emblem(sheet, PAGE[0] / 2, 42, 72, BLACK)
        for line, y in placed:
            for group in line.groups:
                write_line(sheet, group, y, line.role)
            if line.signature:
                piece = line.groups[0][0]
                middle = piece.x + text_width(piece.text, piece.face) / 2
                signature(
                    sheet, middle - 36, y - 46, 72, 30, PEN_COLOURS[(seed + len(sheets)) % 3], seed + round(y)
                )
        sheets.append(sheet)
    return sheets


def set_minutes(minutes: MinutesContent, dpi: int, seed: int) -> list[Sheet]:
    """The pages of an extract of minutes (มติการประชุม, รายงานการประชุม)."""
    type_ = minutes.typeface
    face, bold = Face(type_.family, type_.body_height), Face(type_.family, type_.body_height, bold=True)
    lines = _head_lines(minutes.head, bold, type_.leading)
    lines += _body_lines(minutes.paragraphs, face, type_.leading, type_.justify)
    middle = PAGE[0] / 2 + 60
    for name, position in minutes.signers:
        named = centred(f"({name})", face, type_.leading * 3.2, middle, "signer", keep=True)
        lines.append(SetLine(named.groups, named.advance, "signer", keep=True, signature=True))
        lines += [centred(text, face, type_.leading, middle, "position") for text in position]
    return _draw(lines, dpi, 120.0 if seed % 2 else 70.0, emblem=bool(seed % 2), seed=seed)


def set_attachment(attachment: AttachmentContent, dpi: int) -> list[Sheet]:
    """The pages of an attachment of running text."""
    type_ = attachment.typeface
    face, bold = Face(type_.family, type_.body_height), Face(type_.family, type_.body_height, bold=True)
    lines = _head_lines(attachment.head, bold, type_.leading)
    lines += _body_lines(attachment.paragraphs, face, type_.leading, type_.justify)
    return _draw(lines, dpi, 60.0, emblem=False)
