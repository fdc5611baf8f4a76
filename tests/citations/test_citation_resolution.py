"""What a reference means, when number, date and place agree and when they do not."""

from dataclasses import replace

import pytest

from pipeline.citations.building import joint_alternatives
from pipeline.citations.verdicts import are_copies
from pipeline.model import ReferenceStatus, Relation

RESOLVED, PROBABLE = ReferenceStatus.RESOLVED, ReferenceStatus.PROBABLE
AMBIGUOUS, NOT_HELD = ReferenceStatus.AMBIGUOUS, ReferenceStatus.NOT_HELD
PROVINCE = "จังหวัดพังงา"


def only(shelf):
    (verdict,) = shelf.verdicts().values()
    return verdict


def test_misread_chain_is_linked_with_evidence_and_nothing_else_is(misread_chain):
    found = misread_chain.verdicts()
    links = {key: verdict.target for key, verdict in found.items() if verdict.target}
    assert links == {
        "district-1": "province",
        "province-3": "department",
        "department-2": "newest",
        "newest-1": "older",
        "older-1": "oldest",
    }
    assert {found[key].status for key in links} == {PROBABLE}
    assert {verdict.status for key, verdict in found.items() if key not in links} == {NOT_HELD}
    for key in links:
        evidence = found[key].evidence
        assert "place" in evidence["agrees"]
        assert "date" in evidence["agrees"]
        assert evidence["cited"] != evidence["held"]


def test_heading_that_took_over_the_cited_number_is_not_its_own_target(misread_chain):
    verdict = misread_chain.verdicts()["newest-1"]
    assert verdict.target == "older"
    assert "code" in verdict.evidence["differs"]
    assert "running" in verdict.evidence["differs"]


def test_same_number_and_date_is_resolved(shelf):
    shelf.letter("held", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    verdict = only(shelf)
    assert (verdict.status, verdict.target) == (RESOLVED, "held")
    assert verdict.score > 0.99
    assert verdict.evidence["differs"] == ["place"]


@pytest.mark.parametrize(
    ("number", "date"),
    [
        ("พง 0023.3/ว 4184", "2018-07-02"),  # the same number of another year
        ("พง 0023.3/4184", "2019-05-28"),  # another register: not a circular
        ("พง 0017.1/ว 4184", "2019-03-02"),  # another office
        ("ภก 0023.3/ว 4184", "2019-02-10"),  # the same office of another province
    ],
)
def test_letters_that_share_only_some_of_the_identity_are_others(shelf, number, date):
    shelf.letter("held", number, date, PROVINCE if number.startswith("พง") else "จังหวัดภูเก็ต")
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    assert only(shelf).target is None


def test_neighbour_in_the_register_is_another_letter(shelf):
    """An office that writes eighteen letters a day has the next number on the same day."""
    for index, running in enumerate((6390, 6391, 6392, 6393, 6395, 6396)):
        shelf.letter(f"held {index}", f"พง 0023.3/ว {running}", "2019-12-21", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE)
    assert only(shelf).target is None


def test_digit_misread_far_from_any_neighbour_is_forgiven(shelf):
    shelf.letter("held", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 2394", "2019-12-21", PROVINCE)
    verdict = only(shelf)
    assert (verdict.status, verdict.target) == (PROBABLE, "held")


def test_unreadable_heading_is_found_by_date_sender_and_place(shelf):
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า", ("bundle", 1))
    shelf.letter("held", None, "2019-12-21", PROVINCE, ("bundle", 2))
    shelf.encloses("citing", "พง 0023.3/ว 6394", "2019-12-21", "ศาลากลางจังหวัดพังงา")
    verdict = only(shelf)
    assert (verdict.status, verdict.target) == (PROBABLE, "held")


def test_own_older_letters_are_not_taken_for_others_of_the_bundle(shelf):
    """A province refers to letters of its own that are not held; its other letters lie right beside."""
    shelf.letter("citing", "พง 0023.3/ว 4185", "2019-09-10", PROVINCE, ("bundle", 1))
    shelf.letter("beside", "พง 0023.3/ว 3901", "2019-08-22", PROVINCE, ("bundle", 2))
    shelf.letter("behind", "พง 0023.3/ว 118", "2019-01-14", PROVINCE, ("bundle", 3))
    for number, date in (("พง 0023.3/ว 1730", "2018-05-11"), ("พง 0023.3/ว 3306", "2018-08-20")):
        shelf.cites("citing", number, date, PROVINCE)
    assert {verdict.target for verdict in shelf.verdicts().values()} == {None}


def test_enclosure_that_is_missing_is_not_taken_for_the_next_letter(shelf):
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า", ("bundle", 1))
    shelf.letter("next", "ตผ 0052/1809", "2018-11-20", "สำนักงานการตรวจเงินแผ่นดิน", ("bundle", 2))
    shelf.encloses("citing", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE)
    assert only(shelf).target is None


def test_two_enclosures_of_one_office_and_day_are_told_apart(shelf):
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า", ("bundle", 1))
    shelf.letter("first", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE, ("bundle", 2))
    shelf.letter("second", "พง 0023.3/ว 6395", "2019-12-21", PROVINCE, ("bundle", 3))
    shelf.encloses("citing", "พง 0023.3/ว 6395", "2019-12-21", PROVINCE)
    shelf.encloses("citing", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE)
    assert {key: verdict.target for key, verdict in shelf.verdicts().items()} == {
        "citing-1": "second",
        "citing-2": "first",
    }


def test_numbers_too_far_apart_for_one_day_are_one_misread(shelf):
    """Of a register that gives out eighteen numbers a day, and of which many letters are held."""
    for index, other in enumerate((6381, 6384, 6385, 6387, 6388, 6389)):
        shelf.letter(f"held {index}", f"พง 0023.3/ว {other}", "2019-12-20", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 6390", "2019-12-21", PROVINCE)
    bits = []
    for running in (6398, 6490, 6990):
        shelf.letter("held", f"พง 0023.3/ว {running}", "2019-12-21", PROVINCE)
        verdict = only(shelf)
        assert verdict.evidence["held"].startswith(f"พง 0023.3/ว {running}")
        bits.append(verdict.evidence["bits"].get("register", 0))
        shelf.letters.pop()
    assert bits[0] + 3 < bits[1] <= bits[2]


@pytest.mark.parametrize(
    ("citing", "cited", "target"),
    [
        ("2018-01-10", "2017-09-10", "held"),  # the heading's year is misread, and so too young
        ("2019-08-10", "2019-09-10", "held"),  # the citing letter's own date is misread
        ("2018-01-10", None, None),  # nothing says that the letter was written before it is named
    ],
)
def test_misread_date_may_be_too_young(shelf, citing, cited, target):
    shelf.letter("held", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="การจัดการขยะมูลฝอย")
    shelf.letter("citing", "พง 0718/815", citing, "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 4184", cited, PROVINCE, subject="การจัดการขยะมูลฝอย" if cited else None)
    assert only(shelf).target == target


@pytest.mark.parametrize(("day", "target"), [("2019-09-28", "held"), ("2019-06-01", None)])
def test_letter_of_a_later_day_is_not_cited(shelf, day, target):
    shelf.letter("citing", "พง 0718/815", day, "อำเภอตะกั่วป่า")
    shelf.letter("held", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.cites("citing", "พง 0023.3/ว 4184", None, PROVINCE)
    assert only(shelf).target == target


def test_number_without_a_date_may_be_of_several_years(shelf):
    for year in (2017, 2018, 2019):
        shelf.letter(f"of {year}", "พง 0023.3/ว 4184", f"{year}-09-10", PROVINCE, subject=f"เรื่องของปี {year}")
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 4184", None, PROVINCE)
    verdict = only(shelf)
    assert (verdict.status, verdict.target) == (AMBIGUOUS, None)
    named = {candidate["document_id"] for candidate in verdict.evidence["candidates"]}
    assert named == {"of 2017", "of 2018", "of 2019"}


def test_number_without_a_date_is_settled_by_the_bundle(shelf):
    for year in (2017, 2018):
        shelf.letter(f"of {year}", "พง 0023.3/ว 4184", f"{year}-09-10", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า", ("bundle", 1))
    shelf.letter("of 2019", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, ("bundle", 2))
    shelf.encloses("citing", "พง 0023.3/ว 4184", None, PROVINCE)
    assert only(shelf).target == "of 2019"


def test_letter_scanned_twice_is_one_letter_and_the_copy_of_the_bundle_is_meant(shelf):
    shelf.letter("copy a", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="การจัดการขยะ")
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า", ("bundle", 1))
    shelf.letter("copy z", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, ("bundle", 2), "การจัดการขยะ")
    shelf.cites("citing", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    verdict = only(shelf)
    assert (verdict.status, verdict.target) == (RESOLVED, "copy z")
    assert verdict.evidence["copies"] == ["copy a"]


@pytest.mark.parametrize(
    ("other", "subject", "linked"),
    [
        ("พง 0028.3/ว 4184", "การจัดการขยะ", True),  # its agency code is misread, as an alternative says
        ("พง 0028.3/ว 4185", "การจัดการขยะ", False),
        ("พง 0028.3/ว 4184", "ขอเชิญประชุมผู้บริหาร", False),
    ],
)
def test_copies_of_one_letter_are_known_by_any_of_their_readings(shelf, other, subject, linked):
    doubt = ((other.replace("0028", "0023"), 0.45),)
    shelf.letter("a", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="การจัดการขยะ")
    shelf.letter("b", other, "2019-09-10", PROVINCE, subject=subject, alternatives=doubt)
    one, two = shelf.letters
    assert are_copies(one, two) == are_copies(two, one) == linked


def test_twins_of_one_number_and_date_are_ambiguous(shelf):
    shelf.letter("twin a", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="การจัดการขยะมูลฝอย")
    shelf.letter("twin b", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="ขอเชิญประชุมผู้บริหาร")
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.cites("citing", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="ขอเชิญประชุมผู้บริหาร")
    found = shelf.verdicts()
    assert found["citing-1"].status is AMBIGUOUS
    assert found["citing-2"].target == "twin b"


def test_alternatives_of_the_recogniser_speak_for_a_letter(shelf):
    shelf.letter("held", "พง 0023.3/ว 6391", "2019-12-21", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE)
    without = only(shelf)
    shelf.letters[0] = replace(shelf.letters[0], number_alternatives=(("พง 0023.3/ว 6394", 0.4),))
    verdict = only(shelf)
    assert verdict.score > without.score
    assert (verdict.status, verdict.target) == (PROBABLE, "held")
    assert "alternatives" in verdict.evidence["agrees"]


@pytest.mark.parametrize("kind", ["law", "announcement", "minutes", "attachment"])
def test_what_is_no_letter_is_never_linked(shelf, kind):
    shelf.letter("held", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, target_kind=kind)
    verdict = only(shelf)
    assert (verdict.status, verdict.target) == (NOT_HELD, None)


def test_reference_that_says_nothing_is_not_held(shelf):
    shelf.letter("citing", None, None, None, ("bundle", 1))
    shelf.letter("next", None, None, None, ("bundle", 2))
    shelf.cites("citing", None, None, relation=Relation.MENTIONS)
    assert only(shelf).status is NOT_HELD
    shelf.letters.clear()
    assert only(shelf).status is NOT_HELD


# ---------------------------------------------------------------------- what the archive at large tells


def many(shelf, code, sender, count):
    """Letters of one office, over ten years, none near the tenth of September."""
    for index in range(count):
        year, month = 2010 + index % 10, 1 + index % 7
        date = f"{year}-{month:02}-{index % 28 + 1:02}"
        shelf.letter(f"{code} {index}", f"{code}/ว {month * 300 + index}", date, sender)


def cited_in(shelf, number, date):
    shelf.letter("held", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", number, date, PROVINCE)
    (verdict,) = shelf.verdicts().values()
    return verdict


@pytest.mark.parametrize(("count", "target"), [(0, "held"), (300, None)])
def test_same_number_of_another_year_counts_only_where_few_letters_of_the_office_are_held(
    shelf, count, target
):
    many(shelf, "ตผ 0052", "สำนักงานการตรวจเงินแผ่นดิน", 2000 - count)
    many(shelf, "พง 0023.3", PROVINCE, count)
    assert cited_in(shelf, "พง 0023.3/ว 4184", "2018-09-10").target == target


def test_agency_code_that_no_letter_bears_is_misread_sooner_than_one_that_many_bear(shelf):
    many(shelf, "ตผ 0052", "สำนักงานการตรวจเงินแผ่นดิน", 2000)
    unknown = cited_in(shelf, "พง 0083.3/ว 4184", "2019-09-13")
    many(shelf, "พง 0083.3", PROVINCE, 300)
    (known,) = shelf.verdicts().values()
    assert known.evidence["bits"]["code"] < unknown.evidence["bits"]["code"]


def test_two_doubtful_digits_may_both_be_misread(shelf):
    """The recogniser lists each doubt alone."""
    shelf.letter("held", "พง 0023.3/ว 6391", "2019-12-21", PROVINCE)
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า")
    doubts = (("พง 0023.3/ว 6294", 0.3), ("พง 0023.3/ว 6391", 0.3))
    assert joint_alternatives("พง 0023.3/ว 6394", 0.4, doubts) == (("พง 0023.3/ว 6291", 0.225),)
    shelf.cites("citing", "พง 0023.3/ว 5394", "2019-12-21", PROVINCE)
    alone = only(shelf).evidence["log2_odds"]
    doubts = (("พง 0023.3/ว 6394", 0.3), ("พง 0023.3/ว 5391", 0.3))
    shelf.references[0] = replace(shelf.references[0], number_alternatives=doubts)
    assert only(shelf).evidence["log2_odds"] > alone
    assert only(shelf).target == "held"
