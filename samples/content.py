"""What a sample bundle says: letters, minutes, plan tables, before anything is drawn.

Every text is held as it is printed; numbers and dates are held in parts as well, so that the
truth about them never has to be read back out of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model import LetterForm, Relation
from pipeline.thai import BUDDHIST_ERA_OFFSET


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A letter number: มท ๐๘๑๐.๓/ว ๒๙๒๗ is ("มท", "0810.3", 2927, circular).

    ``padding`` is the least number of digits that the running number is printed with.
    """

    agency_letters: str
    agency_digits: str
    running: int
    circular: bool = False
    padding: int = 0

    @property
    def running_text(self) -> str:
        return str(self.running).zfill(self.padding)

    @property
    def canonical(self) -> str:
        """The number as datasets hold it, in Arabic digits: ``มท 0810.3/ว 2927``."""
        mark = "ว " if self.circular else ""
        return f"{self.agency_letters} {self.agency_digits}/{mark}{self.running_text}"


@dataclass(frozen=True, slots=True)
class LetterDate:
    """A date in the Buddhist era; ``day`` is None where the letter leaves it blank."""

    year_be: int
    month: int
    day: int | None

    @property
    def iso(self) -> str:
        """ISO text of CE, without the day where it is not known: ``2020-04``."""
        month = f"{self.year_be - BUDDHIST_ERA_OFFSET:04d}-{self.month:02d}"
        return month if self.day is None else f"{month}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Writing:
    """How an office writes numbers and dates.

    ``circular_mark`` stands between the stroke and the running number of a circular (``"ว "``,
    ``"ว"``, ``"ว."``, ``"ว. "``), ``stroke`` between the agency and the number, and
    ``cited_date`` is one of the forms of :data:`samples.writing.CITED_DATE_FORMS`.
    """

    thai_digits: bool = True
    space_after_letters: bool = True
    stroke: str = "/"
    circular_mark: str = "ว "
    cited_date: str = "full"


@dataclass(frozen=True, slots=True)
class Typeface:
    """The type of a document. ``body_height`` is the height of ก and ``leading`` the distance
    between baselines, both in points; ``justify`` is ``"none"``, ``"spaces"`` or ``"clusters"``."""

    family: str = "Laksaman"
    body_height: float = 5.9
    leading: float = 18.5
    justify: str = "clusters"


@dataclass(frozen=True, slots=True)
class CitedLetter:
    """A letter that an item names; ``target`` is its place in the bundle (from 0), if it is there."""

    number: NumberParts
    date: LetterDate
    target: int | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of อ้างถึง or สิ่งที่ส่งมาด้วย, without its number; ``quantity`` is จำนวน ๑ ชุด."""

    text: str
    quantity: str | None = None
    letters: tuple[CitedLetter, ...] = ()


class ValueHand(StrEnum):
    """How a number or a day came on the page: printed with the rest, by hand, or with a stamp."""

    PRINT = "print"
    PEN = "pen"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class StampContent:
    """A receive stamp (ตรารับหนังสือ). Values are printed texts; None leaves the dots empty.

    ``place`` is ``"top_right"``, ``"top_left"``, ``"below_office"`` or ``"foot_right"``.
    """

    office: str
    number: str | None
    date: str | None
    time: str | None
    colour: str = "blue"
    hand: ValueHand = ValueHand.STAMP
    place: str = "top_right"
    tilt: float = 0.0


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A letter, memo, stamped letter or announcement.

    ``office`` is printed line by line at the right of the head, ``address`` under it. A paragraph
    that starts with a number is an item of a list. ``unit`` holds the lines at the bottom left.
    ``cited_in_text`` are the letters that a stamped letter, which has no lists, sends along;
    ``pen_notes`` is what someone wrote by hand beside the signature.
    """

    form: LetterForm
    number: NumberParts | None
    date: LetterDate | None
    office: tuple[str, ...]
    recipient: str | None
    subject: str | None
    paragraphs: tuple[str, ...]
    address: tuple[str, ...] = ()
    urgency: str | None = None
    urgency_colour: str = "red"
    references: tuple[ListItem, ...] = ()
    enclosures: tuple[ListItem, ...] = ()
    signer: str | None = None
    position: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    stamps: tuple[StampContent, ...] = ()
    number_hand: ValueHand = ValueHand.PRINT
    day_hand: ValueHand = ValueHand.PRINT
    writing: Writing = Writing()
    typeface: Typeface = Typeface()
    cited_in_text: tuple[CitedLetter, ...] = ()
    pen_notes: tuple[str, ...] = ()
    salutation: str = "เรียน"
    secrecy: str | None = None
    qr_code: bool = False

    @property
    def sender(self) -> str:
        """The issuing office as the head prints it."""
        return " ".join(self.office)

    def cited(self) -> tuple[tuple[Relation, CitedLetter], ...]:
        """The letters in its two lists, or sent along by its text, in the order of the page."""
        lists = ((Relation.REFERS_TO, self.references), (Relation.ENCLOSES, self.enclosures))
        listed = tuple(
            (relation, letter) for relation, items in lists for item in items for letter in item.letters
        )
        return (*listed, *((Relation.ENCLOSES, letter) for letter in self.cited_in_text))


@dataclass(frozen=True, slots=True)
class MinutesContent:
    """An extract of minutes: centred head, paragraphs, the one or two who signed it."""

    head: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    typeface: Typeface = Typeface()


@dataclass(frozen=True, slots=True)
class AttachmentContent:
    """Another enclosure: a heading and running text; a document of kind ``other``."""

    head: tuple[str, ...]
    paragraphs: tuple[str, ...]
    typeface: Typeface = Typeface()


class ColumnKind(StrEnum):
    """What a column of a plan table holds."""

    ITEM_NO = "item_no"
    TITLE = "title"
    DIMENSION = "dimension"
    BUDGET = "budget"
    QUARTERS = "quarters"
    YEARS = "years"
    PLACE = "place"
    RESPONSIBLE = "responsible"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column, or for quarters and years a group of them; ``width`` is a share of the table."""

    kind: ColumnKind
    header: str
    width: float


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a plan. ``year_budgets`` follow the plan's ``years``; None prints a dash."""

    item_no: int
    title: str
    dimension: int
    budget: float
    quarters: tuple[bool, bool, bool, bool]
    note: str = ""
    place: str = ""
    responsible: str = ""
    year_budgets: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanStyle:
    """How a plan table is drawn.

    ``tick`` is one of :data:`samples.marks.TICKS`; ``money`` is ``"two_decimals"`` (16,000.00) or
    ``"whole"`` (16,000); ``ruling`` is ``"full"``, ``"no_outer"``, ``"faint"`` or ``"none"``; ``split_rows``
    lets a row run over the page break; ``header_under_years`` puts each year over its own heading
    in place of one heading over all; ``merged_dimensions`` makes one cell of the dimension of
    rows that follow one another.
    """

    thai_digits: bool = False
    tick: str = "check_box"
    money: str = "two_decimals"
    ruling: str = "full"
    header_repeated: bool = True
    title_repeated: bool = True
    header_shaded: bool = False
    split_rows: bool = False
    landscape: bool = False
    header_under_years: bool = False
    merged_dimensions: bool = False


@dataclass(frozen=True, slots=True)
class PlanContent:
    """A plan table; ``years`` is empty unless it has a budget column for each year."""

    title: str
    organisation: str
    fiscal_year_be: int | None
    columns: tuple[PlanColumn, ...]
    rows: tuple[PlanRow, ...]
    years: tuple[int, ...] = ()
    totals: bool = True
    totals_word: str = "รวมทั้งสิ้น"
    as_of: LetterDate | None = None
    reporter: str | None = None
    legend: tuple[str, ...] = ()
    dimension_names: tuple[str, ...] = ()
    style: PlanStyle = PlanStyle()
    typeface: Typeface = field(default=Typeface(body_height=5.2, leading=16.5))

    @property
    def total_budget(self) -> float:
        return sum(row.budget for row in self.rows)

    @property
    def quarter_counts(self) -> tuple[int, int, int, int]:
        first, second, third, fourth = (sum(row.quarters[q] for row in self.rows) for q in range(4))
        return first, second, third, fourth


DocumentContent = LetterContent | MinutesContent | AttachmentContent | PlanContent


@dataclass(frozen=True, slots=True)
class BundleContent:
    """One file: its documents in the order in which they lie in it."""

    name: str
    documents: tuple[DocumentContent, ...]
