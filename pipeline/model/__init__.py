"""The frozen types that stages hand to one another.

::

    SourceFile ─pages─▶ PageImage ─layout─▶ PageLayout ─ocr─▶ Page
    Page ─letters, plans─▶ Document ─catalog─▶ ArchivedLetter, ArchivedReference ─citations─▶ Resolution

Coordinates are pixels of the cleaned page image (after rotation and deskew), x to the right,
y down, as floats; a box includes its left and top edge and excludes its right and bottom one.
Pages are numbered from 1 within their file. Confidence is a probability between 0 and 1.
"""

from pipeline.model.citations import ArchivedLetter, ArchivedReference, ReferenceStatus, Resolution
from pipeline.model.corrections import Statement, SubjectKind, Verdict
from pipeline.model.documents import Document, FileResult, FileStatus, PageRecord
from pipeline.model.evidence import Evidence, Issue, Severity
from pipeline.model.geometry import Box
from pipeline.model.images import Bend, ColourImage, GreyImage, MediaType, PageImage, SourceFile
from pipeline.model.layout import (
    CellRegion,
    Ink,
    LineRegion,
    PageLayout,
    StampRegion,
    StampShape,
    TableRegion,
    Tick,
)
from pipeline.model.letters import (
    SURE_ROW,
    DocumentKind,
    Letter,
    LetterForm,
    Reference,
    Relation,
    Stamp,
    identity_fields,
)
from pipeline.model.plans import (
    AMOUNT_FIELDS,
    MISREAD_TITLE,
    PROVEN_CELL,
    SURE_CELL,
    TICK_FIELDS,
    AuditStatus,
    Plan,
    PlanItem,
    PrintedSum,
    YearBudget,
    title_errors,
)
from pipeline.model.reading import Cell, Character, Lattice, Line, Page, StampText, Table
from pipeline.model.rules import Rule, Step, codes_of, details_of, told

__all__ = [
    "AMOUNT_FIELDS",
    "MISREAD_TITLE",
    "PROVEN_CELL",
    "SURE_CELL",
    "SURE_ROW",
    "TICK_FIELDS",
    "ArchivedLetter",
    "ArchivedReference",
    "AuditStatus",
    "Bend",
    "Box",
    "Cell",
    "CellRegion",
    "Character",
    "ColourImage",
    "Document",
    "DocumentKind",
    "Evidence",
    "FileResult",
    "FileStatus",
    "GreyImage",
    "Ink",
    "Issue",
    "Lattice",
    "Letter",
    "LetterForm",
    "Line",
    "LineRegion",
    "MediaType",
    "Page",
    "PageImage",
    "PageLayout",
    "PageRecord",
    "Plan",
    "PlanItem",
    "PrintedSum",
    "Reference",
    "ReferenceStatus",
    "Relation",
    "Resolution",
    "Rule",
    "Severity",
    "SourceFile",
    "Stamp",
    "StampRegion",
    "StampShape",
    "StampText",
    "Statement",
    "Step",
    "SubjectKind",
    "Table",
    "TableRegion",
    "Tick",
    "Verdict",
    "YearBudget",
    "codes_of",
    "details_of",
    "identity_fields",
    "title_errors",
    "told",
]
