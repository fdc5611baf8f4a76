"""The language: digits, text repair, dates, letter numbers, amounts, agencies, set phrases.

Imports nothing else of the project. Facts are tables under ``data/``.
"""

from pipeline.thai.agencies import (
    Agency,
    Department,
    agencies,
    agency_of,
    canonical_office,
    department_of,
    departments,
    names_of_office,
    office_names,
    office_of,
    province_names,
)
from pipeline.thai.amounts import amount_pattern, parse_amount
from pipeline.thai.clock import clock_time
from pipeline.thai.dates import (
    BUDDHIST_ERA_OFFSET,
    LETTER_YEARS,
    FoundDate,
    ThaiDate,
    date_pattern,
    find_dates,
    format_date,
    in_common_era,
    is_year,
    parse_date,
)
from pipeline.thai.digits import has_thai_digit, is_digits, to_arabic, to_thai
from pipeline.thai.months import full_months_pattern, month_name, month_short_name
from pipeline.thai.numbers import (
    FoundNumber,
    LetterNumber,
    find_numbers,
    parse_number,
)
from pipeline.thai.repair import drop_invisible, repair, squeeze
from pipeline.thai.vocabulary import FoundTerm, find_secrecy, find_urgency, terms

__all__ = [
    "BUDDHIST_ERA_OFFSET",
    "LETTER_YEARS",
    "Agency",
    "Department",
    "FoundDate",
    "FoundNumber",
    "FoundTerm",
    "LetterNumber",
    "ThaiDate",
    "agencies",
    "agency_of",
    "amount_pattern",
    "canonical_office",
    "clock_time",
    "date_pattern",
    "department_of",
    "departments",
    "drop_invisible",
    "find_dates",
    "find_numbers",
    "find_secrecy",
    "find_urgency",
    "format_date",
    "full_months_pattern",
    "has_thai_digit",
    "in_common_era",
    "is_digits",
    "is_year",
    "month_name",
    "month_short_name",
    "names_of_office",
    "office_names",
    "office_of",
    "parse_amount",
    "parse_date",
    "parse_number",
    "province_names",
    "repair",
    "squeeze",
    "terms",
    "to_arabic",
    "to_thai",
]
