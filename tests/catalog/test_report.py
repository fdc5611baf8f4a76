"""The report of a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.catalog import Catalog, RunSummary, summary_text, write_report
from pipeline.model import FileStatus, Issue, Severity

RUN = RunSummary(
    datetime(2022, 1, 24, 1, 0), 75.0, seen=7, new=6, done=5, partial=0, failed=1, unchanged=1, pages=10,
    exit_code=4, vanished=("raw/หาย.pdf",), moved=(("raw/a.pdf", "raw/b.pdf"),),
    hidden=(Path("raw/.DS_Store"), Path("raw/.\udcff")),
)  # fmt: skip


class Links(HTMLParser):
    """The targets of links, and everything that a browser would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag in ("img", "script", "link", "iframe") or "src" in given:
            self.loaded.append(tag)


@pytest.fixture
def archive(catalog: Catalog, raw: Path, archive_run: ModuleType) -> Catalog:
    for path in sorted(raw.iterdir()):
        catalog.store(archive_run.read(path), "1", "model")
    archive_run.resolve(catalog)
    broken = raw / "เสีย <1>\n.pdf"
    broken.write_text("6")
    issue = Issue("page_unread", "<b>หน้า 3</b>", Severity.ERROR, page=3)
    failed = archive_run.read(
        broken, status=FileStatus.FAILED, error_code="corrupt", error="bad <xref>", pages=(), documents=(),
        issues=(issue,),
    )  # fmt: skip
    catalog.store(failed, "1", "model")
    return catalog


def test_the_report_shows_what_was_not_read_and_what_is_doubtful(archive: Catalog, tmp_path: Path) -> None:
    page = write_report(archive, tmp_path / "out", RUN).read_text(encoding="utf-8")
    assert "<code>corrupt</code>" in page
    assert "bad &lt;xref&gt;" in page
    assert "&lt;b&gt;หน้า 3&lt;/b&gt;" in page
    assert "raw/หาย.pdf" in page
    assert "raw/.DS_Store" in page
    assert r"raw/.\xff" in page
    assert "มท 0810.3/ว 0" in page
    assert page.index("page_unread") < page.index("number_doubtful") < page.index("<code>cited</code>")
    assert "41,000.00" in page


def test_the_report_stands_alone_and_its_links_lead_to_the_pages(archive: Catalog, tmp_path: Path) -> None:
    page = write_report(archive, tmp_path / "out", RUN).read_text(encoding="utf-8")
    links = Links(page)
    assert links.loaded == []
    assert "http" not in page
    assert "../raw/1.pdf#page=1" in links.links
    assert "../raw/%E0%B9%80%E0%B8%AA%E0%B8%B5%E0%B8%A2%20%3C1%3E%0A.pdf#page=3" in links.links


def test_a_file_that_is_gone_has_no_link(
    archive: Catalog, tmp_path: Path, raw: Path, archive_run: ModuleType
) -> None:
    (raw / "1.pdf").unlink()
    archive.plan_work(raw.iterdir(), archive_run.hash_file, "1", "model")
    page = write_report(archive, tmp_path / "out", RUN).read_text(encoding="utf-8")
    assert "1.pdf <span" in page
    assert not [link for link in Links(page).links if "raw/1.pdf" in link]


def test_an_empty_archive_has_a_report(catalog: Catalog, tmp_path: Path) -> None:
    run = replace(RUN, vanished=(), moved=(), pages=0, seconds=0.0)
    page = write_report(catalog, tmp_path / "out", run).read_text(encoding="utf-8")
    assert "Every file was read." in page
    assert summary_text(catalog, run).startswith("Read 5 of 6 files")


@pytest.mark.usefixtures("bangkok")
def test_the_report_says_when_in_local_time(catalog: Catalog, tmp_path: Path) -> None:
    run = replace(RUN, started=datetime(2022, 1, 23, 18, 0, tzinfo=UTC))
    page = write_report(catalog, tmp_path, run).read_text(encoding="utf-8")
    assert page.count("un of 2022-01-24 01:00+07:00") == 2


def test_a_report_without_a_run_says_so(catalog: Catalog, tmp_path: Path) -> None:
    page = write_report(catalog, tmp_path, replace(RUN, seen=0, vanished=())).read_text(encoding="utf-8")
    assert "No files were looked at" in page
    assert "pages a minute" not in page


def test_a_run_without_work_says_so(catalog: Catalog) -> None:
    run = replace(RUN, new=0, done=0, failed=0, unchanged=7)
    assert summary_text(catalog, run).splitlines()[0] == "Nothing new to read"


def test_a_run_that_found_nothing_begins_with_that(catalog: Catalog) -> None:
    run = replace(RUN, seen=0, new=0, done=0, failed=0, unchanged=0)
    assert summary_text(catalog, run).startswith("No file was found, and 1 read before")


def test_the_summary_fits_a_screen(archive: Catalog) -> None:
    large = replace(
        RUN, seen=1_234_567, unchanged=1_200_000, done=30_000, partial=4_000, hidden=(Path(".x"),) * 999
    )
    assert max(map(len, summary_text(archive, large).splitlines())) <= 80
    lines = summary_text(archive, RUN).splitlines()
    assert len(lines) <= 24
    assert "10 pages in 1 min 15 s (8 pages a minute)" in lines[0]
    assert "  Files:       5 done, 1 failed" in lines
    assert "  References:  1 not held, 4 resolved" in lines
    assert "  To review:   3 letters" in lines
    assert any("เสีย <1>\ufffd.pdf  corrupt" in line for line in lines)
