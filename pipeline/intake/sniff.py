"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from pipeline.model import MediaType

SNIFF_BYTES = 4096
"""How many bytes from the start are looked at."""

_PDF_MARK_WITHIN = 1024
# "The header may follow other bytes, within the first 1024" (PDF 1.7, implementation note 13).

_IMAGE_SIGNATURES: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00\x08\x00", MediaType.TIFF),
    (b"MM\x00+\x00\x08", MediaType.TIFF),
)

_FOREIGN_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive (or a docx, xlsx, odt or epub file)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an older Microsoft Office file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"AT&TFORM", "a DjVu document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
)


_STRUCTURED_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"<!doctypehtml", "an HTML page"),
    (b"<html", "an HTML page"),
    (b"<?xml", "an XML file"),
    (b'{"', "a JSON file"),
    (b'[{"', "a JSON file"),
)
"""Text that is no transcript, by how it begins once white space is left out and letters are small."""


def sniff(head: bytes) -> MediaType | str | None:
    """The media type of a file that begins with ``head`` (at least 1024 bytes where there are so many).

    Answers a text that names the kind of file where it is known and not one that Saraban reads,
    and None where nothing is recognised (it may still be text).

    >>> sniff(b"%PDF-1.4 ...")
    <MediaType.PDF: 'application/pdf'>
    >>> sniff(b"GIF89a")
    'a GIF image'
    >>> sniff(b'{ "files": [] }')
    'a JSON file'
    """
    for signature, media_type in _IMAGE_SIGNATURES:
        if head.startswith(signature):
            return media_type
    # "BM" and "MZ" also begin words; only with a zero byte near do they mean a binary file.
    for signature, name in _FOREIGN_SIGNATURES:
        if head.startswith(signature) and (len(signature) > 2 or b"\x00" in head[:64]):
            return name
    beginning = b"".join(head[:_PDF_MARK_WITHIN].removeprefix(b"\xef\xbb\xbf").split()).lower()
    for signature, name in _STRUCTURED_TEXT:
        if beginning.startswith(signature):
            return name
    if b"%PDF-" in head[:_PDF_MARK_WITHIN]:
        return MediaType.PDF
    return None
