"""The frozen types that stages hand to one another.

::

    SourceFile ─pages─▶ PageImage ─layout─▶ PageLayout ─ocr─▶ Page
    Page ─letters, plans─▶ Document ─catalog─▶ ArchivedLetter, ArchivedReference ─citations─▶ Resolution

Coordinates are pixels of the cleaned page image (after rotation and deskew), x to the right,
y down, as floats; a box includes its left and top edge and excludes its right and bottom one.
Pages are numbered from 1 within their file. Confidence is a probability between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

GreyImage = NDArray[np.uint8]
"""An image HxW uint8, 0 is black ink and 255 is white paper."""

ColourImage = NDArray[np.uint8]
"""An image HxWx3 uint8 in RGB order."""


# ---------------------------------------------------------------------- geometry


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in page pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"a box must not be inside out: {self}")

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def intersection(self, other: Box) -> float:
        """Area shared with ``other``, in square pixels."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(0.0, width) * max(0.0, height)

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all ``boxes``; at least one is needed."""
        held = tuple(boxes)
        return Box(
            min(b.x0 for b in held),
            min(b.y0 for b in held),
            max(b.x1 for b in held),
            max(b.y1 for b in held),
        )


# ---------------------------------------------------------------------- intake


class MediaType(StrEnum):
    """What a file's content is, whatever its name says."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An input file that passed intake; ``encoding`` is that of a text, as Python names it."""

    path: Path
    sha256: str
    media_type: MediaType
    size_bytes: int
    pages: int
    encoding: str | None = None


# ---------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """A page, upright and cleaned, ready for layout.

    ``print_ink`` holds what was printed in black (and large red urgency words), with coloured
    stamps and pen taken out; ``colour_ink`` holds what was taken out, as dark on white, or is
    None when the scan has no coloured ink. Both are HxW uint8 of the same size. ``changes``
    says what cleaning did, such as ``"rotated 90°"`` or ``"deskewed -0.7°"``; a page that was
    fine has none. ``dpi`` is the resolution of these pixels. ``skew`` is the angle that was
    corrected, in degrees, positive when the scan was turned clockwise.
    """

    number: int
    print_ink: GreyImage
    colour_ink: GreyImage | None
    dpi: int
    rotation: int = 0
    skew: float = 0.0
    changes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return int(self.print_ink.shape[1])

    @property
    def height(self) -> int:
        return int(self.print_ink.shape[0])


# ---------------------------------------------------------------------- layout


class Ink(StrEnum):
    """Who put a line on the paper."""

    PRINT = "print"
    STAMP = "stamp"
    PEN = "pen"


@dataclass(frozen=True, slots=True)
class LineRegion:
    """Where a line of text is, before anyone has read it.

    The baseline runs from ``(box.x0, baseline_left)`` to ``(box.x1, baseline_right)``: the
    line on which consonants stand. ``body_height`` is the height of a consonant such as ก or น
    without marks, in pixels. ``box`` holds all ink of the line, marks above and below included.
    """

    box: Box
    baseline_left: float
    baseline_right: float
    body_height: float
    ink: Ink = Ink.PRINT


@dataclass(frozen=True, slots=True)
class Tick:
    """Whether a table cell holds a mark (✓ ✗ ☑ ● or hand-made), judged by its ink."""

    present: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class CellRegion:
    """A table cell as ruled: its place in the grid, its lines, and its tick if it has no text."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[LineRegion, ...]
    tick: Tick | None = None


@dataclass(frozen=True, slots=True)
class TableRegion:
    """A table grid on one page. ``ruled`` is false where columns were inferred by alignment.

    ``cut_above``/``cut_below`` say that the grid touches the page's text area there, so a row
    may run on over the page break.
    """

    box: Box
    rows: int
    columns: int
    cells: tuple[CellRegion, ...]
    ruled: bool = True
    cut_above: bool = False
    cut_below: bool = False


class StampShape(StrEnum):
    """How a stamp was found."""

    RECEIVE_BOX = "receive_box"
    SEAL = "seal"
    SIGNATURE = "signature"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StampRegion:
    """A stamp, seal or signature; ``lines`` are read apart from the letter's own lines."""

    box: Box
    shape: StampShape
    lines: tuple[LineRegion, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The regions of one page; ``lines`` in reading order, none of them inside a table or stamp."""

    lines: tuple[LineRegion, ...]
    tables: tuple[TableRegion, ...] = ()
    stamps: tuple[StampRegion, ...] = ()


# ---------------------------------------------------------------------- ocr


@dataclass(frozen=True, slots=True)
class Character:
    """One recognised character (a Unicode code point), with what else it might be.

    ``alternatives`` are (text, probability) best first, without ``text`` itself; an empty text
    stands for "no character here".
    """

    text: str
    confidence: float
    x0: float
    x1: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """What the recogniser thought at each step of a line, for decoding under a grammar.

    ``symbols`` (T×K int16, indices into ``alphabet``; index 0 is the CTC blank) and ``scores``
    (T×K float32, natural log of probability, best first). Step ``t`` is centred on the page at
    x = ``x0 + (t + 0.5) * step`` pixels. ``alphabet[0]`` is the empty string.
    """

    symbols: NDArray[np.int16]
    scores: NDArray[np.float32]
    alphabet: tuple[str, ...]
    x0: float
    step: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text as read. ``characters`` and ``lattice`` are absent in transcripts.

    ``confidence`` is the probability that the whole of ``text`` is right, and 1.0 for
    transcripts, which carry no confidence of their own.
    """

    text: str
    box: Box
    confidence: float = 1.0
    characters: tuple[Character, ...] = ()
    lattice: Lattice | None = None
    baseline: float | None = None
    body_height: float | None = None
    ink: Ink = Ink.PRINT
    engine: str = "transcript"


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A table cell as read; ``text`` joins its lines with newlines."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Line, ...] = ()
    tick: Tick | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as read: every cell once, those that span several rows or columns included."""

    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    ruled: bool = True
    cut_above: bool = False
    cut_below: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StampText:
    """A stamp as read."""

    box: Box
    shape: StampShape
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page as read: all that later stages know of it. No pixels."""

    number: int
    width: int
    height: int
    dpi: int
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    stamps: tuple[StampText, ...] = ()
    rotation: int = 0
    skew: float = 0.0
    changes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Lines, then tables (tab-separated, one row a line), then stamps."""
        parts = [line.text for line in self.lines]
        for table in self.tables:
            rows: dict[int, list[Cell]] = {}
            for cell in table.cells:
                rows.setdefault(cell.row, []).append(cell)
            for _, cells in sorted(rows.items()):
                ordered = sorted(cells, key=lambda cell: cell.column)
                parts.append("\t".join(cell.text.replace("\n", " ") for cell in ordered))
        parts += [line.text for stamp in self.stamps for line in stamp.lines]
        return "\n".join(parts)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line on the page, those in cells and stamps included."""
        cells = (line for table in self.tables for cell in table.cells for line in cell.lines)
        stamps = (line for stamp in self.stamps for line in stamp.lines)
        return (*self.lines, *cells, *stamps)


# ---------------------------------------------------------------------- values with their evidence


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: one row of ``field_evidence``.

    ``value`` is what was concluded (text, as the dataset shows it; None where nothing could be
    concluded), ``raw`` what the page says, ``rule`` the name of the rule that made it, and
    ``alternatives`` other values with their probabilities.
    """

    field: str
    value: str | None
    raw: str
    page: int
    box: Box | None
    confidence: float
    rule: str
    alternatives: tuple[tuple[str, float], ...] = ()


class Severity(StrEnum):
    """How much an issue matters to a person who looks."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a person should look at; ``code`` is stable, ``message`` is for reading."""

    code: str
    message: str
    severity: Severity = Severity.WARNING
    page: int | None = None


# ---------------------------------------------------------------------- letters


class DocumentKind(StrEnum):
    """What a document is. Orders (คำสั่ง) and other attachments are ``other``."""

    LETTER = "letter"
    MEMO = "memo"
    MINUTES = "minutes"
    ANNOUNCEMENT = "announcement"
    PLAN = "plan"
    OTHER = "other"


class LetterForm(StrEnum):
    """The forms of หนังสือราชการ: ภายนอก, ประทับตรา, บันทึกข้อความ, ประกาศ, วิทยุ/โทรสาร."""

    EXTERNAL = "external"
    STAMPED = "stamped"
    MEMO = "memo"
    ANNOUNCEMENT = "announcement"
    RADIO = "radio"


class Relation(StrEnum):
    """How a letter names another: อ้างถึง, สิ่งที่ส่งมาด้วย, or in running text."""

    REFERS_TO = "refers_to"
    ENCLOSES = "encloses"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A receive stamp (ตรารับหนังสือ): เลขรับ, วันที่, เวลา."""

    page: int
    box: Box | None
    office: str | None
    received_number: str | None
    received_date: str | None
    received_time: str | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reference:
    """A letter that a letter names, as found; resolving it is another stage's work.

    ``number`` is normalised (``มท 0810.3/ว 2927``), ``date`` is ISO text of CE, ``YYYY-MM``
    when the day is not given. ``target_kind`` is ``letter`` for letters, or says what else is
    named (``law``, ``announcement``, ``attachment``).
    """

    position: int
    relation: Relation
    raw_text: str
    page: int
    box: Box | None = None
    sender: str | None = None
    subject: str | None = None
    number: str | None = None
    agency_code: str | None = None
    is_circular: bool | None = None
    running_number: int | None = None
    date: str | None = None
    target_kind: str = "letter"
    confidence: float = 1.0
    number_alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The fields of the ``letters`` table; each is None where the page has no such thing."""

    form: LetterForm
    number: str | None = None
    number_raw: str | None = None
    agency_code: str | None = None
    is_circular: bool | None = None
    running_number: int | None = None
    date: str | None = None
    date_raw: str | None = None
    sender: str | None = None
    sender_agency: str | None = None
    sender_address: str | None = None
    recipient: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    contact_phone: str | None = None
    confidence: float = 1.0
    needs_review: bool = False
    number_alternatives: tuple[tuple[str, float], ...] = ()


# ---------------------------------------------------------------------- plans


class AuditStatus(StrEnum):
    """What the arithmetic audit of a plan table found."""

    CONSISTENT = "consistent"
    REPAIRED = "repaired"
    INCONSISTENT = "inconsistent"
    NO_TOTALS = "no_totals"


@dataclass(frozen=True, slots=True)
class YearBudget:
    """A budget for one fiscal year (Buddhist era), where a plan has a column for each year."""

    fiscal_year_be: int
    amount: float | None


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A row of a plan. ``budget`` in baht; quarters are ticks, None where there is no column."""

    item_no: int
    title: str
    kind: str
    page: int
    dimension: int | None = None
    budget: float | None = None
    budget_raw: str | None = None
    q1: bool | None = None
    q2: bool | None = None
    q3: bool | None = None
    q4: bool | None = None
    note: str | None = None
    box: Box | None = None
    confidence: float = 1.0
    needs_review: bool = False
    year_budgets: tuple[YearBudget, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan table, its pages stitched; the totals are those that the table prints."""

    title: str | None
    organisation: str | None
    items: tuple[PlanItem, ...]
    audit_status: AuditStatus
    audit_note: str = ""
    fiscal_year_be: int | None = None
    as_of_date: str | None = None
    reporter: str | None = None
    legend: tuple[tuple[str, str], ...] = ()
    total_budget: float | None = None
    q1_count: int | None = None
    q2_count: int | None = None
    q3_count: int | None = None
    q4_count: int | None = None


# ---------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a bundle, with everything that was extracted from it."""

    ordinal: int
    first_page: int
    last_page: int
    kind: DocumentKind
    title: str | None
    confidence: float
    letter: Letter | None = None
    references: tuple[Reference, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    plans: tuple[Plan, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    issues: tuple[Issue, ...] = ()


class FileStatus(StrEnum):
    """How reading a file ended; a file with any page unread is never ``done``."""

    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What the ``pages`` table keeps of a page."""

    number: int
    width: int
    height: int
    dpi: int
    rotation: int
    skew: float
    text: str
    mean_confidence: float


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that one file gave, ready to be written in one transaction."""

    path: Path
    sha256: str | None
    media_type: str | None
    size_bytes: int | None
    page_count: int | None
    status: FileStatus
    error_code: str | None = None
    error: str | None = None
    seconds: float = 0.0
    pages: tuple[PageRecord, ...] = ()
    documents: tuple[Document, ...] = ()
    issues: tuple[Issue, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)


# ---------------------------------------------------------------------- citations


class ReferenceStatus(StrEnum):
    """What became of a reference."""

    RESOLVED = "resolved"
    PROBABLE = "probable"
    AMBIGUOUS = "ambiguous"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The verdict on one reference.

    ``target`` is the document_id of the letter that it means, or None; ``evidence`` is JSON-ready:
    what agreed, what did not, and the candidates where there are several.
    """

    reference_id: str
    status: ReferenceStatus
    target: str | None
    score: float
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ArchivedLetter:
    """A letter as the resolver sees it: one that the catalog holds.

    ``place`` is (file_sha256, ordinal): where in which bundle it lies, since an enclosed letter
    usually comes next. ``number_alternatives`` are other readings of the number with probabilities.
    """

    document_id: str
    place: tuple[str, int]
    number: str | None
    agency_code: str | None
    is_circular: bool | None
    running_number: int | None
    date: str | None
    sender: str | None
    sender_agency: str | None
    recipient: str | None
    subject: str | None
    number_alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedReference:
    """A reference as the resolver sees it, with the letter that makes it.

    ``place`` is (file_sha256, ordinal) of the letter that makes the reference.
    """

    reference_id: str
    document_id: str
    place: tuple[str, int]
    position: int
    relation: Relation
    raw_text: str
    sender: str | None
    subject: str | None
    number: str | None
    agency_code: str | None
    is_circular: bool | None
    running_number: int | None
    date: str | None
    target_kind: str = "letter"
    number_alternatives: tuple[tuple[str, float], ...] = ()
