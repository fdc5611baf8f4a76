"""Values settled by what the bundle says elsewhere, where the page allows it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letter_pages import line_of

from pipeline.letters.adopt import (
    adopt_agency,
    adopt_cited_number,
    adopt_date,
    adopt_number,
    adopt_own_agency,
)
from pipeline.letters.crosscheck import crosscheck
from pipeline.letters.letter import Reading
from pipeline.model import Box, Evidence, LetterForm, Reference, Relation, Rule, Step
from pipeline.thai import parse_number

BOX = line_of([0, 0, "ที่"]).box


def evidence(
    field: str, value: str | None, *alternatives: tuple[str, float], rule: Rule = Rule.DATE_IN_PLACE
) -> Evidence:
    return Evidence(field, value, value or "", 1, Box(0, 0, 1, 1), 0.7, (Step(rule),), alternatives)


def cited(number: str, date: str | None, *alternatives: tuple[str, float]) -> Reference:
    parts = parse_number(number)
    assert parts is not None
    return Reference(
        1,
        Relation.ENCLOSES,
        number,
        1,
        BOX,
        number=number,
        agency_code=parts.agency_code,
        is_circular=parts.is_circular,
        running_number=parts.running_number,
        date=date,
        confidence=0.95,
        number_alternatives=alternatives,
    )


def test_alternative_that_the_bundle_cites_is_adopted() -> None:
    number = evidence("number", "กบ 0023.4/ว 6395", ("กบ 0023.4/ว 6394", 0.3))
    adopted = adopt_number(number, None, "2021-12-21", [cited("กบ 0023.4/ว 6394", "2021-12-21")])
    assert adopted is not None
    assert adopted.value == "กบ 0023.4/ว 6394"
    assert adopted.raw == "กบ 0023.4/ว 6395"
    assert adopted.confidence < 0.9
    assert dict(adopted.alternatives).keys() == {"กบ 0023.4/ว 6395"}


def test_number_that_the_page_does_not_allow_is_not_adopted() -> None:
    number = evidence("number", "กบ 0023.4/ว 6395")
    assert adopt_number(number, None, "2021-12-21", [cited("กบ 0023.4/ว 6394", "2021-12-21")]) is None


def test_own_agency_is_that_of_the_letters_own_references() -> None:
    number = evidence("number", "สก 0618.1/ว 135", ("สฎ 0618.1/ว 135", 0.14), ("สฎ 0618.1/ว 185", 0.11))
    references = (cited("สฎ 0618.1/ว 65", "2020-03-09"), cited("สฎ 0021/ว 57", "2021-06-26"))
    (checked,) = crosscheck([Reading(LetterForm.EXTERNAL, {"number": number}, None, references)])
    assert checked is not None
    settled = checked.fields["number"]
    assert settled.value == "สฎ 0618.1/ว 135"
    assert settled.by(Rule.AGENCY_OF_REFERENCES)
    assert settled.confidence < 0.9
    assert dict(settled.alternatives)["สก 0618.1/ว 135"] == 0.7


@pytest.mark.parametrize(
    ("number", "cites"),
    [
        (evidence("number", "สก 0618.1/ว 135", ("สฎ 0618.1/ว 135", 0.05)), "สฎ 0618.1/ว 65"),
        (evidence("number", "สก 0618.1/ว 135", ("สฎ 0618.1/ว 136", 0.2)), "สฎ 0618.1/ว 65"),
        (evidence("number", "สก 0618.1/ว 135", ("สฎ 0618.1/ว 135", 0.2)), "สฎ 0618.2/ว 65"),
        (evidence("number", None, ("สฎ 0618.1/ว 135", 0.2)), "สฎ 0618.1/ว 65"),
    ],
)
def test_own_agency_stays_where_page_or_references_do_not_say_another(number: Evidence, cites: str) -> None:
    assert adopt_own_agency(number, (cited(cites, None),)) is None


def test_unread_number_is_the_only_one_cited_of_its_agency_and_date() -> None:
    parts = parse_number("มท 0808.2/ว 1")
    only = [cited("มท 0808.2/ว 1352", "2006-08-17"), cited("กค 0402/9", "2006-08-17")]
    adopted = adopt_number(evidence("number", None), parts, "2006-08-17", only)
    assert adopted is not None
    assert adopted.value == "มท 0808.2/ว 1352"
    two = [*only, cited("มท 0808.2/ว 1353", "2006-08-17")]
    assert adopt_number(evidence("number", None), parts, "2006-08-17", two) is None


def test_unread_day_is_that_of_the_citation_but_a_missing_day_stays_missing() -> None:
    unread = evidence("date", "2020-04", rule=Rule.DAY_UNREAD)
    adopted = adopt_date(unread, "2020-04-15", 0.95)
    assert adopted is not None
    assert adopted.value == "2020-04-15"
    assert adopt_date(evidence("date", "2020-04", rule=Rule.DAY_NOT_PRINTED), "2020-04-15", 0.95) is None


def test_citation_adopts_the_head_that_its_own_reading_allows() -> None:
    head = evidence("number", "ปช 0013/75")
    adopted = adopt_cited_number(cited("ปช 0013/84", "2021-11-23", ("ปช 0013/75", 0.2)), head)
    assert adopted is not None
    assert (adopted.number, adopted.running_number) == ("ปช 0013/75", 75)
    assert adopt_cited_number(cited("ปช 0013/84", "2021-11-23"), head) is None


def test_head_and_citation_that_each_allow_the_other_agree_on_the_likelier_number() -> None:
    head = evidence("number", "ปช 0013/307", ("ปข 0013/307", 0.4))
    misread = replace(cited("ปข 0013/307", "2018-08-25", ("ปช 0013/307", 0.45)), confidence=0.5)
    assert adopt_number(head, None, "2018-08-25", [misread]) is None
    adopted = adopt_cited_number(misread, head)
    assert adopted is not None
    assert adopted.number == "ปช 0013/307"
    sure = replace(misread, confidence=0.9)
    assert adopt_number(head, None, "2018-08-25", [sure]) is not None
    assert adopt_cited_number(sure, head) is None


def test_agency_letters_that_nobody_has_are_those_of_the_same_digits() -> None:
    misread = cited("มพ 0809.4/ว 668", "2007-04-20")
    adopted = adopt_agency(misread, ["มท 0809.4", "กค 0809.5"])
    assert (adopted.number, adopted.agency_code) == ("มท 0809.4/ว 668", "มท 0809.4")
    assert adopt_agency(misread, ["มท 0809.5"]) == misread
    known = cited("กค 0809.4/ว 668", "2007-04-20")
    assert adopt_agency(known, ["มท 0809.4"]) == known


def test_date_takes_the_alternative_that_fits_the_times() -> None:
    fields = {
        "date": evidence("date", "1962-09-09", ("2022-09-09", 0.3)),
        "number": evidence("number", "มท 0809.4/5"),
    }
    reading = Reading(
        LetterForm.EXTERNAL, fields, parse_number("มท 0809.4/5"), (cited("มท 0809.4/1", "2022-08-01"),)
    )
    (checked,) = crosscheck([reading])
    assert checked is not None
    assert checked.fields["date"].value == "2022-09-09"
    assert checked.fields["date"].confidence < 0.9


def headed(number: str, date: str, *references: Reference) -> Reading:
    fields = {"number": evidence("number", number), "date": evidence("date", date)}
    return Reading(LetterForm.EXTERNAL, fields, parse_number(number), references)


@pytest.mark.parametrize(
    ("read", "dates", "date"),
    [
        (None, ["2022-09-12"], "2022-09-12"),
        ("2022-09", ["2022-09-12"], "2022-09"),
        ("2021-09-12", ["2022-09-12"], "2021-09-12"),
        (None, ["2022-09-12", "2021-03-01"], None),
    ],
)
def test_citation_whose_date_is_unread_has_that_of_the_head(
    read: str | None, dates: list[str], date: str | None
) -> None:
    cites = headed("กบ 0318.4/2008", "2022-10-01", cited("ชม 0023.9/ว 395", read))
    first, *_ = crosscheck([cites, *(headed("ชม 0023.9/ว 395", day) for day in dates)])
    assert first is not None
    (reference,) = first.references
    assert reference.date == date
    assert reference.confidence < 0.9 or reference.date == read


@pytest.mark.parametrize(
    ("raw", "date"),
    [("ที่ ชม ๐๐๒๓.๙/ว ๓๙๕ ลงวันที่ ๑๒๑กันยายน ๒๕๖๕", "2022-09-12"), ("ลงวันที่ กันยายน ๒๕๖๕", "2022-09")],
)
def test_citation_whose_day_is_unread_has_that_of_the_head(raw: str, date: str) -> None:
    cites = headed("กบ 0318.4/2008", "2022-10-01", replace(cited("ชม 0023.9/ว 395", "2022-09"), raw_text=raw))
    first, second = crosscheck([cites, headed("ชม 0023.9/ว 395", "2022-09-12")])
    assert first is not None
    assert [reference.date for reference in first.references] == [date]
    assert second is not None
    assert second.issues == ()


@pytest.mark.parametrize(("head", "citation"), [("2022-09", "2022-09-12"), ("2022-09-12", "2022-09")])
def test_date_without_a_day_contradicts_none_of_its_month(head: str, citation: str) -> None:
    cites = headed("กบ 0318.4/2008", "2022-10-01", cited("ชม 0023.9/ว 395", citation))
    alone = headed("ชม 0023.9/ว 395", head)
    _, second = crosscheck([cites, alone])
    assert second is not None
    date = second.fields["date"]
    assert (date.value, date.confidence, second.issues) == (head, alone.fields["date"].confidence, ())
    assert citation in dict(date.alternatives)
