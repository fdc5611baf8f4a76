"""What each kind of file is taken for, and which error refuses the bad ones."""

from __future__ import annotations

import os
import random
import struct
import zipfile
import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.errors import (
    CorruptFileError,
    EmptyFileError,
    EncryptedFileError,
    FileError,
    NoPagesError,
    TooLargeError,
    TruncatedFileError,
    UnreadableFileError,
    UnsupportedTypeError,
)
from pipeline.intake import IntakeLimits, examine, hash_file
from pipeline.model import MediaType


def test_pdf(write: Any, make: Any) -> None:
    content = make.pdf_bytes(3)
    source = examine(write("letter.pdf", content))
    assert (source.media_type, source.pages) == (MediaType.PDF, 3)
    assert source.sha256 == sha256(content).hexdigest()
    assert source.size_bytes == len(content)


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", MediaType.PNG), ("JPEG", MediaType.JPEG)])
def test_single_images(write: Any, make: Any, kind: str, media_type: MediaType) -> None:
    source = examine(write("scan.bin", make.encoded(make.picture(), kind)))
    assert (source.media_type, source.pages) == (media_type, 1)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "group4"])
def test_tiff_of_several_pages(write: Any, make: Any, compression: str) -> None:
    pages = [make.picture().convert("1" if compression == "group4" else "L") for _ in range(3)]
    content = make.encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression=compression)
    source = examine(write("fax.tif", content))
    assert (source.media_type, source.pages) == (MediaType.TIFF, 3)


def test_type_is_told_by_content_not_by_name(write: Any, make: Any) -> None:
    assert examine(write("scan.txt", make.pdf_bytes())).media_type is MediaType.PDF
    assert examine(write("letter.pdf", make.encoded(make.picture(), "PNG"))).media_type is MediaType.PNG


def test_smallest_image_is_a_page(write: Any, make: Any) -> None:
    assert examine(write("dot.png", make.encoded(Image.new("L", (1, 1)), "PNG"))).pages == 1


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp874", "cp874"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_text_in_every_thai_encoding(write: Any, encoding: str, named: str) -> None:
    text = "ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗\n\nเรื่อง ซักซ้อมความเข้าใจ\fหน้า ๒\n\f"
    source = examine(write("transcript.txt", text.encode(encoding)))
    assert (source.media_type, source.encoding, source.pages) == (MediaType.TEXT, named, 2)


@pytest.mark.parametrize("stray", ["\uf70a", "\x0b", "\x1a", "\x85", "\x1b[0m"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_stray_sign_makes_no_text_another_thing(write: Any, stray: str, encoding: str) -> None:
    text = f"ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗\n\nเรื่อง ซักซ้อมความเข้าใจ{stray}"
    assert examine(write("transcript.txt", text.encode(encoding))).media_type == MediaType.TEXT


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFileError),
        (b" \n\t\f ", NoPagesError),
        (b"x", UnsupportedTypeError),
        ("ลับ ๑ ๒\n".encode(), UnsupportedTypeError),
        (b"MZ\x90\x00\x03\x00\x00\x00", UnsupportedTypeError),
        (b"\x7fELF\x02\x01\x01\x00", UnsupportedTypeError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnsupportedTypeError),
        ("Grüße aus Köln: schön, größer".encode("latin-1"), UnsupportedTypeError),
        (random.Random(5).randbytes(3000), UnsupportedTypeError),
        ("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗\0".encode(), UnsupportedTypeError),
        (bytes(random.Random(6).choices(range(1, 128), k=3000)), UnsupportedTypeError),
        (b"%PDF-1.7\nnothing else\n%%EOF\n", CorruptFileError),
        (b"%PDF-1.7\nnothing else", TruncatedFileError),
        (b"\x89PNG\r\n\x1a\nnonsense", TruncatedFileError),
        (b"\xff\xd8\xff\xe0nonsense\xff\xd9", CorruptFileError),
        (b"II*\x00\xff\xff\x00\x00", TruncatedFileError),
    ],
)
def test_bytes_that_are_no_document(write: Any, content: bytes, error: type[FileError]) -> None:
    with pytest.raises(FileError) as caught:
        examine(write("input.pdf", content))
    assert type(caught.value) is error


def test_zip_named_pdf(write: Any, make: Any) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("inner.pdf", make.pdf_bytes())
        archive.writestr("bomb", b"\0" * 1_000_000, zipfile.ZIP_DEFLATED)
    with pytest.raises(UnsupportedTypeError, match="ZIP"):
        examine(write("bundle.pdf", buffer.getvalue()))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_truncated_images(write: Any, make: Any, kind: str, share: float) -> None:
    content = make.encoded(make.picture(600, 800), kind)
    with pytest.raises(TruncatedFileError):
        examine(write("scan", content[: int(len(content) * share)]))


def test_truncated_pdf(write: Any, make: Any) -> None:
    with pytest.raises(TruncatedFileError):
        examine(write("scan.pdf", make.pdf_bytes()[:120]))


def test_broken_cross_reference_is_rebuilt(write: Any, make: Any) -> None:
    content = make.pdf_bytes(2)
    broken = content[: content.rindex(b"xref")].replace(b"\nxref", b"\nxxxx") + b"startxref\n99999\n%%EOF\n"
    assert examine(write("broken.pdf", broken)).pages == 2


def test_password(write: Any, make: Any) -> None:
    with pytest.raises(EncryptedFileError):
        examine(write("locked.pdf", make.locked_pdf("secret")))
    assert examine(write("owner-only.pdf", make.locked_pdf(""))).pages == 1


def test_pdf_without_pages(write: Any, make: Any) -> None:
    with pytest.raises(NoPagesError):
        examine(write("none.pdf", make.pdf_of_bare_pages(0)))


def test_ten_thousand_pages_are_refused(write: Any, make: Any) -> None:
    path = write("many.pdf", make.pdf_of_bare_pages(10_000))
    with pytest.raises(TooLargeError, match="10,000 pages"):
        examine(path)


def test_tiff_with_too_many_pages(write: Any, make: Any) -> None:
    frames = [Image.new("1", (8, 8)) for _ in range(12)]
    path = write("many.tif", make.encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert examine(path, IntakeLimits(max_pages=12)).pages == 12
    with pytest.raises(TooLargeError):
        examine(path, IntakeLimits(max_pages=11))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_image_bomb_is_refused_by_its_header(write: Any) -> None:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    content = (
        b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", zlib.compress(b"\0" * 100)) + _chunk(b"IEND", b"")
    )
    with pytest.raises(TooLargeError):
        examine(write("bomb.png", content))


def test_pdf_page_as_large_as_a_field(write: Any, make: Any) -> None:
    with pytest.raises(TooLargeError, match="page 1"):
        examine(write("field.pdf", make.pdf_bytes(1, 14_000, 14_000)))


def test_pdf_with_a_picture_bomb(write: Any, make: Any) -> None:
    assert examine(write("fine.pdf", make.pdf_with_declared_picture(2000, 3000))).pages == 1
    with pytest.raises(TooLargeError, match="picture"):
        examine(write("bomb.pdf", make.pdf_with_declared_picture(100_000, 100_000)))


def test_more_bytes_than_allowed(write: Any, make: Any) -> None:
    with pytest.raises(TooLargeError, match="bytes"):
        examine(write("big.pdf", make.pdf_bytes()), IntakeLimits(max_bytes=100))


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, tmp_path / "missing.pdf"):
        with pytest.raises(UnreadableFileError):
            examine(path)
        with pytest.raises(UnreadableFileError):
            hash_file(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_no_permission(write: Any, make: Any) -> None:
    path = write("private.pdf", make.pdf_bytes())
    path.chmod(0)
    with pytest.raises(UnreadableFileError):
        examine(path)


@pytest.mark.parametrize("name", ["-o.pdf", "a..b.pdf", "line\nbreak.pdf", "หนังสือ ๒๕๖๔.pdf", b"\xff\xfe.pdf"])
def test_odd_names(tmp_path: Path, make: Any, name: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(os.fsdecode(name))
    path.write_bytes(make.pdf_bytes())
    assert examine(path).pages == 1


def test_limits_must_be_positive() -> None:
    with pytest.raises(ValueError, match="greater than zero"):
        IntakeLimits(max_pages=0)
