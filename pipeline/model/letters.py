"""Letters, receive stamps and references."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.geometry import Box


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


def identity_fields(form: LetterForm) -> tuple[str, ...]:
    """The fields by which a letter is known; how sure it is, is how sure all of these are together."""
    return ("date",) if form is LetterForm.ANNOUNCEMENT else ("number", "date")


SURE_ROW = 0.86
"""References and receive stamps read less surely than this are for a person to look at."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A receive stamp (ตรารับหนังสือ): เลขรับ, วันที่, เวลา. ``raw_text`` has its lines as they were read."""

    page: int
    box: Box | None
    office: str | None
    received_number: str | None
    received_date: str | None
    received_time: str | None
    confidence: float = 1.0
    raw_text: str = ""


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
