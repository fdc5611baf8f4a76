"""Makers of good and bad input files; nothing is read from outside the test's own folder."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write bytes into a new file of the test's folder."""

    def writer(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return writer


class Maker:
    """Makes files, good and bad, as bytes."""

    @staticmethod
    def picture(width: int = 120, height: int = 160) -> Image.Image:
        image = Image.new("RGB", (width, height), "white")
        draw = ImageDraw.Draw(image)
        for step in range(0, height, 7):
            draw.line((3, step, width - 3, (step * 5) % height), fill=(step % 200, 30, 90), width=2)
        return image

    @staticmethod
    def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
        buffer = BytesIO()
        image.save(buffer, kind, **options)
        return buffer.getvalue()

    @staticmethod
    def pdf_bytes(pages: int = 1, width: float = 595, height: float = 842) -> bytes:
        """A well-formed PDF of empty pages."""
        writer = PdfWriter()
        for _ in range(pages):
            writer.add_blank_page(width, height)
        buffer = BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    @staticmethod
    def locked_pdf(user_password: str) -> bytes:
        writer = PdfWriter(PdfReader(BytesIO(Maker.pdf_bytes())))
        writer.encrypt(user_password, owner_password="owner", algorithm="RC4-128")
        buffer = BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    @staticmethod
    def pdf_with_declared_picture(width: int, height: int) -> bytes:
        """A PDF whose only page draws a picture that claims to be ``width`` by ``height`` pixels."""
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</XObject<</P 5 0 R>>>>>>",
            b"<</Length 24>>stream\n595 0 0 842 0 0 cm /P Do\nendstream",
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Length 4>>stream\nabcd\nendstream" % (width, height),
        ]
        return Maker._assembled(objects)

    @staticmethod
    def pdf_of_bare_pages(count: int) -> bytes:
        """A PDF of ``count`` pages without anything on them, at 70 bytes a page."""
        kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
        tree = b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]>>" % (kids, count)
        pages = [b"<</Type/Page/Parent 2 0 R>>"] * count
        return Maker._assembled([b"<</Type/Catalog/Pages 2 0 R>>", tree, *pages])

    @staticmethod
    def _assembled(objects: list[bytes]) -> bytes:
        content = b"%PDF-1.4\n"
        offsets = []
        for number, body in enumerate(objects, start=1):
            offsets.append(len(content))
            content += b"%d 0 obj" % number + body + b"endobj\n"
        start = len(content)
        content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        return content + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
            len(objects) + 1,
            start,
        )


@pytest.fixture
def make() -> type[Maker]:
    return Maker
