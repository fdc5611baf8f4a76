"""The rules by which values are made and weighed: a code for each, and what it says of a value.

A value is made by one rule and may be changed, confirmed or doubted by others after it: its steps. Codes are
stable, for programs to tell values apart by; :mod:`pipeline.words` says the rules in Thai.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """A rule; ``says`` is what it says of a value, with ``{}`` for what it speaks of (a step's detail)."""

    says: str

    def __new__(cls, code: str, says: str) -> Rule:
        rule = str.__new__(cls, code)
        rule._value_ = code
        rule.says = says
        return rule

    # Where on the page the value stands.
    BLOCK_AFTER_LABEL = "block_after_label", "block after its label"
    BY_PLACE = "by_place", "by its place; the label can't be read"
    TERM_AT_HEAD = "term_at_head", "at the head"
    TERM_NEAREST = "term_nearest", "at the head, misread; the term nearest to it"
    NUMBER_AT_LABEL = "number_at_label", "ที่ at the upper left"
    DATE_IN_PLACE = "date_in_place", "date in its place"
    DATE_IN_SEAL = "date_in_seal", "date in the seal"
    DATE_ANNOUNCED = "date_announced", "after ประกาศ ณ วันที่"
    SUBJECT_ANNOUNCED = "subject_announced", "after เรื่อง"
    OFFICE_AT_UPPER_RIGHT = "office_at_upper_right", "office at the upper right"
    TEXT_AT_OFFICE_PLACE = "text_at_office_place", "text where the office stands"
    OFFICE_AFTER_LABEL = "office_after_label", "after ส่วนราชการ"
    OFFICE_ANNOUNCED = "office_announced", "after ประกาศ"
    OFFICE_IN_TITLE = "office_in_title", "in the title"
    OFFICE_IN_SEAL = "office_in_seal", "office in the seal"
    OFFICE_SPEAKING = "office_speaking", "office that the body speaks of"
    LINES_BELOW_OFFICE = "lines_below_office", "lines below the office"
    NAME_BELOW_CLOSING = "name_below_closing", "name in brackets below the closing"
    NAME_ALONE = "name_alone", "name in brackets alone on its row"
    LINES_BELOW_NAME = "lines_below_name", "lines under the signer's name"
    POSITION_BELOW_CLOSING = "position_below_closing", "position below the closing"
    LISTED_AS_REFERENCE = "listed_as_reference", "in the list after อ้างถึง"
    LISTED_AS_ENCLOSURE = "listed_as_enclosure", "in the list after สิ่งที่ส่งมาด้วย"
    NAMED_IN_TEXT = "named_in_text", "named in running text"
    IN_RECEIVE_STAMP = "in_receive_stamp", "in the receive stamp"
    AFTER_PHONE_LABEL = "after_phone_label", "after โทร"
    PLAN_TITLE = "plan_title", "in the title of the table"
    LINE_BY_TABLE = "line_by_table", "line by the table"
    LINE_OF_SUMS = "line_of_sums", "the table's line of sums"
    COLUMN_BY_HEADER = "column_by_header", "in the column of this header"
    ITEM_NUMBER = "item_number", "the item's number"

    # What could not be read, or not surely.
    NOT_READ = "not_read", "not read"
    NUMBER_UNREAD = "number_unread", "the number can't be read"
    RUNNING_NUMBER_UNREAD = "running_number_unread", "the running number can't be read"
    RUNNING_NUMBER_WRITTEN_IN = "running_number_written_in", "the running number is written in"
    DAY_UNREAD = "day_unread", "the day can't be read: month only"
    DAY_NOT_PRINTED = "day_not_printed", "no day is printed"
    DAY_WRITTEN_IN = "day_written_in", "the day is written in"
    NAME_UNREAD = "name_unread", "the name can't be read"
    RUNS_INTO_STAMP = "runs_into_stamp", "it runs into a stamp"
    ENDS_AT_STAMP = "ends_at_stamp", "it ends at a stamp"

    # What else the page may say.
    NUMBER_DECODED = "number_decoded", "decoded under the grammar of letter numbers instead of {}"
    DATE_DECODED = "date_decoded", "decoded under the grammar of dates instead of {}"
    DATE_NEAREST = "date_nearest", "the date nearest to {}"
    TITLE_NEAREST = "title_nearest", "the title nearest to {}"
    RANK_ABOVE = "rank_above", "the rank above it"
    GIVEN_NAME_NEAREST = "given_name_nearest", "the known given name nearest to {}"
    POST_NEAREST = "post_nearest", "the post at the sender's office nearest to {}"

    # Offices that are known, by their names and codes.
    OFFICE_KNOWN = "office_known", "a known office"
    OFFICE_NEAREST = "office_nearest", "the known office nearest to {}"
    OFFICE_COMPLETED = "office_completed", "the one known office of which it is a part"
    OFFICE_OF_CODE = "office_of_code", "the office of the agency code"
    OFFICE_OF_CODE_ALIKE = "office_of_code_alike", "the office of the agency code, which looks like it"
    OFFICE_OF_CODE_BEGINS_SO = (
        "office_of_code_begins_so",
        "the office of the agency code whose name begins so",
    )
    DEPARTMENT_OF_CODE = "department_of_code", "the department of the agency code"
    OFFICE_OF_SIGNER = "office_of_signer", "the office of the signer"
    PIECE_IN_SEAL = "piece_in_seal", "a piece of its name is in the seal"
    OFFICE_NAMED = "office_named", "one name of the office in the letterhead"
    OFFICE_AS_PRINTED = "office_as_printed", "the office as printed"

    # What the rest of the letter and of the bundle says.
    NUMBER_CITED = "number_cited", "cited with this number in the bundle"
    NUMBER_CITED_OTHERWISE = "number_cited_otherwise", "cited with another number in the bundle"
    NUMBER_OF_CITATION = "number_of_citation", "the one number of this agency and date that the bundle cites"
    NUMBER_READING_CITED = "number_reading_cited", "the alternative that the bundle cites"
    AGENCY_OF_REFERENCES = (
        "agency_of_references",
        "the alternative whose agency code the letter's references have",
    )
    RUNNING_NUMBER_IS_YEAR = "running_number_is_year", "the running number equals the year"
    CIRCULAR_TO_ALL = (
        "circular_to_all",
        "a letter to all is a circular, so what stands before the digits is ว",
    )
    DATE_CITED = "date_cited", "cited with this date in the bundle"
    DATE_CITED_OTHERWISE = "date_cited_otherwise", "cited with another date in the bundle"
    DATE_OF_CITATION = "date_of_citation", "the date that the bundle cites"
    DATE_READING_FITS = "date_reading_fits", "the alternative that fits instead of {}"
    RECEIVED_BEFORE = "received_before", "received on {}, before it was written"
    RECEIVED_LATE = "received_late", "received on {}, years after it was written"
    CITES_YOUNGER = "cites_younger", "cites a letter of {}, which is younger"
    FAR_FROM_FISCAL_YEAR = "far_from_fiscal_year", "far from fiscal year {}"
    YEAR_IMPLAUSIBLE = "year_implausible", "no letter of an archive is of that year"

    # What the sums of a plan say.
    SUM_AGREES = "sum_agrees", "the column adds up"
    SUM_DISAGREES = "sum_disagrees", "the column does not add up"
    AUDIT_REPAIR = "audit_repair", "concluded from the sums: {}"

    # What a person says.
    CONFIRMED_BY_PERSON = "confirmed_by_person", "confirmed by a person"
    CORRECTED_BY_PERSON = "corrected_by_person", "corrected by a person"
    DENIED_BY_PERSON = "denied_by_person", "not on the page, by a person"
    OFFICE_BY_PERSON = "office_by_person", "one name of the office that a person confirmed"


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that had to do with a value, and what it speaks of: the misread name of OFFICE_NEAREST."""

    rule: Rule
    detail: str = ""


def codes_of(steps: Sequence[Step]) -> str:
    """The codes of the steps' rules, as the column ``rule`` has them.

    >>> codes_of([Step(Rule.OFFICE_IN_SEAL), Step(Rule.OFFICE_NEAREST, "กรมที่คิน")])
    'office_in_seal; office_nearest'
    """
    return "; ".join(step.rule.value for step in steps)


def details_of(steps: Sequence[Step]) -> dict[str, str]:
    """What the steps' rules speak of, by code; of a rule that speaks of several, all.

    >>> details_of([Step(Rule.OFFICE_IN_SEAL), Step(Rule.OFFICE_NEAREST, "กรมที่คิน")])
    {'office_nearest': 'กรมที่คิน'}
    """
    details: dict[str, str] = {}
    for step in steps:
        if step.detail:
            said = details.get(step.rule.value)
            details[step.rule.value] = f"{said}, {step.detail}" if said else step.detail
    return details


def in_english(code: str) -> str:
    """What a rule says; a code that no rule has, as an older version may have kept it, stays as it is."""
    return _SAYS.get(code, code)


def told(
    codes: str,
    details: Mapping[str, str],
    say: Callable[[str], str] = in_english,
    between: str = "; ",
) -> str:
    """What the rules of a value say, in order; ``say`` puts a code in words, ``{}`` for its detail.

    >>> told("office_in_seal; office_nearest", {"office_nearest": "กรมที่คิน"})
    'office in the seal; the known office nearest to กรมที่คิน'
    """
    each = dict.fromkeys(code for code in codes.split("; ") if code)
    return between.join(say(code).replace("{}", details.get(code, "")) for code in each)


_SAYS = {rule.value: rule.says for rule in Rule}
