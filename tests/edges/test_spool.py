"""Pages on the disk: all there, in order, and the same as if they had stayed in memory."""

from __future__ import annotations

import pytest

from pipeline.errors import StorageError
from pipeline.model import MediaType, Page, SourceFile
from pipeline.pages import read_transcript
from pipeline.reading import understand
from pipeline.spool import PageSpool, pack
from pipeline.worker_calls import understand_spooled


@pytest.fixture
def source(tmp_path, transcript) -> SourceFile:
    path = tmp_path / "bundle.txt"
    path.write_text(transcript, encoding="utf-8")
    return SourceFile(path, "0" * 64, MediaType.TEXT, path.stat().st_size, 2, "utf-8")


def blank(number: int) -> Page:
    return Page(number, width=600, height=800, dpi=72, lines=())


def test_pages_come_in_the_order_of_their_numbers():
    with PageSpool() as spool:
        for number in (3, 1, 7):
            spool.add(number, pack(blank(number)))
        pages = spool.content()
        assert (list(pages), len(spool), 2 in pages) == ([1, 3, 7], 3, False)
        assert [page.number for page in pages.values()] == [1, 3, 7]


def test_what_is_understood_does_not_depend_on_where_the_pages_lie(source):
    read = {page.number: page for page in read_transcript(source)}
    with PageSpool() as spool:
        for number, page in read.items():
            spool.add(number, pack(page))
        spooled = understand_spooled(spool.content(), {}).understanding
    assert spooled == understand(read, {})
    assert [document.first_page for document in spooled.documents] == [1, 2]


def test_a_full_disk_is_said_so(monkeypatch):
    full = open("/dev/full", "w+b")  # noqa: PTH123, SIM115 (what tempfile gives is no path)
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full)
    with PageSpool() as spool, pytest.raises(StorageError, match="No space left"):
        spool.add(1, pack(blank(1)))
    assert full.closed
