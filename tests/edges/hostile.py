"""Files made to break a reader, each with the error code that it must get, or None where it must be read."""

from __future__ import annotations

import io
import os
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter


def make(folder: Path, transcript: str) -> dict[bytes, str | None]:
    """Write the hostile set to ``folder``; gives what must become of each file, by its name in bytes."""
    text = transcript.encode()
    whole = pdf(3)
    contents: dict[bytes, tuple[bytes, str | None]] = {
        b"zero-byte.pdf": (b"", "empty_file"),
        "เสีย\n<b>เล่ม.pdf".encode(): (b"%PDF-1.4", "truncated"),
        b"truncated.pdf": (whole[:300], "truncated"),
        b"encrypted.pdf": (pdf(1, password="ลับ"), "encrypted"),
        b"broken-xref.pdf": (whole.replace(b"startxref\n", b"startxref\n9"), None),
        b"many-pages.pdf": (pdf(10_000), "too_large"),
        b"no-pages.pdf": (pdf(0), "no_pages"),
        b"wide-page.pdf": (pdf(1, width=100_000, height=100_000), "too_large"),
        b"wide-strip.png": (png(100_000, 40), None),
        b"tall-strip.png": (png(40, 100_000), None),
        b"hair.png": (png(100_000, 1), None),
        b"zip-bomb.pdf": (zip_bomb(), "unsupported"),
        b"image-bomb.png": (png(100_000, 100_000, rows=1000), "too_large"),
        b"truncated.jpg": (image("JPEG", 400)[:2000], "truncated"),
        b"wrong-extension.txt": (image("PNG", 1), None),
        b"one-pixel.tif": (image("TIFF", 1), None),
        b"one-pixel.pdf": (pdf(1, width=0.2, height=0.2), None),
        b"one-byte.txt": (b"x", "unsupported"),
        b"noise.bin": (bytes(range(256)) * 64, "unsupported"),
        b"binary.txt": (b"\x00\x01\x02" * 100, "unsupported"),
        b"up..and..up.txt": (text + b"1", None),
        b"two\nlines.txt": (text + b"2", None),
        "หนังสือเวียน.txt".encode(): (text + b"3", None),
        b"not-utf-8-\xff\xe0.txt": (text + b"4", None),
        b"-starts-with-a-dash.txt": (text + b"5", None),
        b"[bold]markup.txt": (text + b"6", None),
    }
    for name, (content, _) in contents.items():
        (folder / os.fsdecode(name)).write_bytes(content)
    expected = {name: code for name, (_, code) in contents.items()}
    (folder / "out-of-the-folder.pdf").symlink_to("/etc/hostname")
    (folder / "loop").symlink_to(folder)
    (folder / "leads-to-itself.pdf").symlink_to("leads-to-itself.pdf")
    os.mkfifo(folder / "pipe.pdf")
    return expected


def pdf(pages: int, width: float = 60, height: float = 60, password: str | None = None) -> bytes:
    """A PDF of blank pages; sizes in points."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width, height)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def image(kind: str, size: int) -> bytes:
    """A square picture of noise, ``size`` pixels wide."""
    written = io.BytesIO()
    Image.frombytes("L", (size, size), os.urandom(size * size)).save(written, kind)
    return written.getvalue()


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A white PNG that says it is this large; ``rows`` of it are there."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" + b"\xff" * -(-width // 8)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * (rows or height))), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Lines are added to the file at ``path`` all through the block."""
    over = threading.Event()

    def grow() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not over.wait(0.001):
                print("อีกหนึ่งบรรทัด", file=file, flush=True)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


def zip_bomb() -> bytes:
    """Ten megabytes of nothing in ten kilobytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(10_000_000))
    return written.getvalue()
