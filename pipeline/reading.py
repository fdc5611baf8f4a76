"""One file from bytes to documents: the stages in the order in which data flows.

``examine_file`` → ``read_page`` for each page → ``understand``. The three are separate calls
because a batch runs them in worker processes (:mod:`pipeline.file_reader`), page by page, and no page
image ever leaves the process that made it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from pipeline import intake, layout, letters, ocr, pages, plans
from pipeline.errors import FileError
from pipeline.model import (
    Cell,
    CellRegion,
    ColourImage,
    Document,
    DocumentKind,
    GreyImage,
    Issue,
    Line,
    LineRegion,
    MediaType,
    Page,
    PageImage,
    PageLayout,
    PageRecord,
    Severity,
    SourceFile,
    StampText,
    Table,
    TableRegion,
)
from pipeline.settings import Settings
from pipeline.stamp_ink import stamp_ink
from pipeline.torn_print import reread_torn
from pipeline.written_ink import large_words, written_ink


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What reading a file depends on; small and picklable, so that it can travel to workers."""

    limits: intake.IntakeLimits
    dpi: int = 300
    page_break: str | None = None

    @staticmethod
    def of(settings: Settings) -> ReadingOptions:
        return ReadingOptions(
            intake.IntakeLimits(
                max_bytes=settings.max_file_bytes,
                max_pages=settings.max_pages,
                max_pixels=settings.max_page_pixels,
                dpi=settings.dpi,
            ),
            settings.dpi,
            settings.page_break,
        )

    @property
    def by_media_type(self) -> dict[str, str]:
        """For each media type, as text, the options that decide how such a file is read."""
        options = {kind.value: f"dpi {self.dpi}" for kind in MediaType}
        return {**options, MediaType.TEXT.value: f"page break {self.page_break!r}"}


@dataclass(slots=True)
class StageClock:
    """Seconds of wall-clock time that each stage took, added up by name."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add({name: time.perf_counter() - started})

    def add(self, seconds: dict[str, float]) -> None:
        for name, more in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + more


@lru_cache(maxsize=1)
def recogniser() -> ocr.Recogniser:
    """The recogniser of this process, loaded on first use; one thread, since workers are processes."""
    return ocr.NeuralRecogniser(threads=1)


def examine_file(path: Path, options: ReadingOptions) -> SourceFile:
    """What the file is, or a :class:`pipeline.errors.FileError` that says why it cannot be read."""
    return intake.examine(path, options.limits)


def read_transcript(source: SourceFile, options: ReadingOptions) -> tuple[Page, ...]:
    """The pages of a text transcript of another engine."""
    return pages.read_transcript(source, options.page_break)


def read_page(
    source: SourceFile, number: int, options: ReadingOptions, clock: StageClock | None = None
) -> Page:
    """Read page ``number`` (from 1) of a scan: rasterise, clean, find regions, recognise.

    ``clock`` is told how long each stage took.
    """
    clock = clock or StageClock()
    with clock.stage("rasterise"):
        raw = pages.load_page(source, number, options.dpi)
    return read_image(raw.image, number, raw.dpi, clock)


def read_image(
    image: ColourImage | GreyImage, number: int, dpi: int, clock: StageClock | None = None
) -> Page:
    """Read one page image (HxWx3 RGB or HxW grey uint8, at ``dpi``)."""
    clock = clock or StageClock()
    with clock.stage("clean"):
        page_image = pages.clean(image, number, dpi)
    with clock.stage("layout"):
        found = layout.find_layout(page_image)
    with clock.stage("recognise"):
        return _recognise(page_image, found, recogniser())


def _recognise(page: PageImage, found: PageLayout, reader: ocr.Recogniser) -> Page:
    """The page with all its regions read, each reading in its region's place."""
    read = _read_regions(page, found, reader)

    def lines_of(regions: Iterable[LineRegion]) -> tuple[Line, ...]:
        return tuple(read[_key(region)] for region in regions)

    def cell_of(cell: CellRegion) -> Cell:
        place = cell.row, cell.column, cell.row_span, cell.column_span, cell.box
        return Cell(*place, lines_of(cell.lines), cell.tick)

    def table_of(table: TableRegion) -> Table:
        cells = tuple(map(cell_of, table.cells))
        return Table(
            table.box, table.rows, table.columns, cells, table.ruled, table.cut_above, table.cut_below
        )

    return Page(
        number=page.number,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        lines=ocr.without_dirt(lines_of(found.lines)),
        tables=tuple(map(table_of, found.tables)),
        stamps=tuple(StampText(stamp.box, stamp.shape, lines_of(stamp.lines)) for stamp in found.stamps),
        rotation=page.rotation,
        skew=page.skew,
        changes=page.changes,
        bend=page.bend,
    )


def _read_regions(page: PageImage, found: PageLayout, reader: ocr.Recogniser) -> dict[int, Line]:
    """The reading of every line of a page by its key: print, large words and stamps in their own ink.

    Torn lines of text are read again.
    """
    large = large_words(found.lines) if page.colour_ink is not None else []
    text = [line for line in found.lines if line not in large]
    cells = [line for table in found.tables for cell in table.cells for line in cell.lines]
    stamped = [line for stamp in found.stamps for line in stamp.lines]
    written = written_ink(page, found)
    inks = (written, text + cells), (page.colour_ink, large), (stamp_ink(page, stamped), stamped)
    read: dict[int, Line] = {}
    for ink, regions in inks:
        if ink is not None:
            read |= zip(map(_key, regions), reader.read(ink, regions), strict=True)
    again = reread_torn(reader, written, text, [read[_key(line)] for line in text])
    return read | dict(zip(map(_key, text), again, strict=True))


def _key(region: LineRegion) -> int:
    return id(region)


# ---------------------------------------------------------------------- from pages to documents


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the pages of one file mean."""

    pages: tuple[PageRecord, ...]
    documents: tuple[Document, ...]
    issues: tuple[Issue, ...]


def understand(read: Mapping[int, Page], errors: Mapping[int, FileError]) -> Understanding:
    """Documents, letters, references and plans from the pages of a file that could be read.

    ``read`` holds them by number, in order, and may unpack each page only when it is asked for: of a long
    file, no more pages are held at a time than one document has. ``errors`` say why the others could not.
    """
    records: list[PageRecord] = []

    def recorded() -> Iterator[Page]:
        for page in read.values():
            records.append(_record(page))
            yield page

    documents = tuple(
        _with_plans(document, read)
        for document in letters.read_documents(plans.with_carried_rows(recorded()))
    )
    issues = [_unread_page(number, error) for number, error in errors.items()]
    if records and not errors and not any(record.text.strip() for record in records):
        message = "no text was found on any page: is it the right side of the sheets?"
        issues.append(Issue("nothing_read", message, Severity.WARNING, records[0].number))
    return Understanding(tuple(records), documents, tuple(issues))


def _unread_page(number: int, error: FileError) -> Issue:
    message = f"page {number} could not be read ({error.code}: {error.reason})"
    return Issue("page_unread", message, Severity.ERROR, number)


def _with_plans(document: Document, read: Mapping[int, Page]) -> Document:
    if document.kind is not DocumentKind.PLAN:
        return document
    numbers = range(document.first_page, document.last_page + 1)
    reading = plans.read_plans([read[number] for number in numbers if number in read])
    return replace(
        document,
        plans=reading.plans,
        evidence=document.evidence + reading.evidence,
        issues=document.issues + reading.issues,
    )


def _record(page: Page) -> PageRecord:
    lines = page.all_lines
    mean = sum(line.confidence for line in lines) / len(lines) if lines else 0.0
    return PageRecord(
        page.number,
        page.width,
        page.height,
        page.dpi,
        page.rotation,
        page.skew,
        page.text,
        round(mean, 4),
        page.bend,
    )
