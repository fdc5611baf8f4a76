"""Numbers and dates decoded from a recogniser's alternatives under their grammar."""

from __future__ import annotations

import pytest
from letter_lattices import line_with_lattice

from pipeline.letters.marks import NUMBER_ROW
from pipeline.letters.own_date import date_at
from pipeline.letters.own_number import number_at
from pipeline.letters.review import SURE
from pipeline.letters.rows import Row
from pipeline.model import Box, Line, Rule


def row(line: Line) -> Row:
    return Row(1, line, line.text)


def test_sure_number_is_taken_as_printed() -> None:
    found = number_at(row(line_with_lattice("มท ๐๘๑๐.๓/ว ๒๙๒๗")), 0, 16)
    assert found.evidence.value == "มท 0810.3/ว 2927"
    assert found.evidence.confidence > 0.9
    assert found.evidence.raw == "มท ๐๘๑๐.๓/ว ๒๙๒๗"


def test_agency_letters_that_nobody_has_become_those_that_fit() -> None:
    line = line_with_lattice("มก ๐๘๑๐.๓/ว ๒๙๒๗", {1: {"ท": 0.4}})
    found = number_at(row(line), 0, len(line.text))
    assert found.evidence.value == "มท 0810.3/ว 2927"
    assert found.evidence.raw == "มก ๐๘๑๐.๓/ว ๒๙๒๗"
    assert found.evidence.by(Rule.NUMBER_DECODED)
    assert found.evidence.confidence < 0.9
    assert found.number is not None
    assert found.number.agency_letters == "มท"


def test_latin_letter_in_an_agency_becomes_the_letter_it_may_be() -> None:
    text = "ที่ จU ๐๐๑๗.๒/ว ๑๐๐"
    place = NUMBER_ROW.match(text)
    assert place is not None
    found = number_at(row(line_with_lattice(text, {5: {"บ": 0.3}})), *place.span("number"))
    assert (found.evidence.value, found.evidence.raw) == ("จบ 0017.2/ว 100", "จU ๐๐๑๗.๒/ว ๑๐๐")
    assert found.evidence.confidence < 0.9


def test_foot_of_a_letter_read_as_a_vowel_leaves_the_agency_in_doubt() -> None:
    text = "ที่ สกู ๐๖๑๘.๑/ว ๑๓๕"
    place = NUMBER_ROW.match(text)
    assert place is not None
    found = number_at(row(line_with_lattice(text, {5: {"ฎ": 0.3}, 6: {"": 0.4}})), *place.span("number"))
    assert found.evidence.value in ("สก 0618.1/ว 135", "สฎ 0618.1/ว 135")
    assert dict(found.evidence.alternatives).keys() & {"สก 0618.1/ว 135", "สฎ 0618.1/ว 135"}
    assert found.evidence.confidence < 0.9


def test_letter_among_digits_becomes_the_digit_it_may_be() -> None:
    line = line_with_lattice("กบ ๐๐๒๓.๔/ว ๑ง๒๑", {13: {"๑": 0.35}})
    found = number_at(row(line), 0, len(line.text))
    assert found.evidence.value == "กบ 0023.4/ว 1121"
    assert found.evidence.confidence < 0.9


def test_uncertain_digit_leaves_its_rival_as_an_alternative() -> None:
    line = line_with_lattice("กบ ๐๐๒๓.๔/ว ๖๓๙๔", {15: {"๕": 0.3}})
    found = number_at(row(line), 0, len(line.text))
    assert found.evidence.value == "กบ 0023.4/ว 6394"
    assert found.evidence.confidence < 0.9
    assert dict(found.evidence.alternatives)["กบ 0023.4/ว 6395"] > 0.2


def test_running_number_that_cannot_be_read_is_not_invented() -> None:
    line = line_with_lattice("มท ๐๘๐๘.๒/ว")
    found = number_at(row(line), 0, len(line.text))
    assert found.evidence.value is None
    assert found.evidence.confidence == 0.0
    assert found.number is not None
    assert found.number.agency_code == "มท 0808.2"


def test_running_number_by_hand_is_believed_as_its_digits_are() -> None:
    text = "มท ๐๘๐๘.๒/ว ๑๓๕๒"
    wide = dict.fromkeys(range(12, 16), 2.0)
    sure = number_at(row(line_with_lattice(text, wide=wide)), 0, len(text)).evidence
    unsure = number_at(row(line_with_lattice(text, {13: {"๘": 0.2}}, wide=wide)), 0, len(text)).evidence
    assert (sure.value, unsure.value) == ("มท 0808.2/ว 1352", "มท 0808.2/ว 1352")
    assert sure.confidence > 0.9 > unsure.confidence


def test_lost_dot_of_agency_digits_is_for_review() -> None:
    for text, sure in (
        ("มท 05021/ว 143", False),
        ("มท 0502.1/ว 143", True),
        ("ศธ 04004/5", True),
        ("กบ 52001/5", True),
    ):
        found = number_at(row(line_with_lattice(text)), 0, len(text))
        assert (found.evidence.confidence > 0.9) is sure


def test_day_that_no_month_has_gives_way_to_one_that_it_has() -> None:
    line = line_with_lattice("๓๗ เมษายน ๒๕๖๓", {0: {"๒": 0.4, "๑": 0.1}})
    found = date_at(row(line))
    assert found is not None
    assert found.value == "2020-04-27"
    assert found.raw == "๓๗ เมษายน ๒๕๖๓"
    assert found.confidence < 0.9


def test_year_out_of_reach_gives_way_to_one_of_the_archive() -> None:
    line = line_with_lattice("๒๔ ธันวาคม ๖๕๖๑", {11: {"๒": 0.45}})
    found = date_at(row(line))
    assert found is not None
    assert found.value == "2018-12-24"


def test_unread_day_leaves_the_month() -> None:
    line = line_with_lattice("ฉ) ธันวาคม ๒๕๖๔")
    found = date_at(row(line))
    assert found is not None
    assert found.value == "2021-12"
    assert found.confidence < 0.9
    assert found.by(Rule.DAY_UNREAD)


def test_plain_date_is_sure() -> None:
    found = date_at(row(line_with_lattice("๗ ธันวาคม ๒๕๖๔")))
    assert found is not None
    assert (found.value, found.alternatives) == ("2021-12-07", ())
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [("9 กรกฎาคม ๒๕๕๔", True), ("๙ กรกฎาคม ๒๕๕๔", False), ("๑9 ธ.ค. 2554", True), ("9 กรกฎาคม 2554", False)],
)
def test_thai_and_arabic_digits_in_one_date_are_for_review(text: str, doubtful: bool) -> None:
    found = date_at(row(line_with_lattice(text)))
    assert found is not None
    assert (found.confidence < SURE) == doubtful


def test_thai_and_arabic_digits_beside_one_another_are_for_review() -> None:
    for text, doubtful in (("นร ๐๕๐๓/๔๑๔6", True), ("มท 0804.5/ว ๔๘๔", False)):
        found = number_at(row(line_with_lattice(text)), 0, len(text))
        assert (found.evidence.confidence < SURE) == doubtful


def test_day_torn_by_a_speck_is_one_day() -> None:
    found = date_at(row(line_with_lattice("1'7 สิงหาคม 2549", {1: {"": 0.3}})))
    assert found is not None
    assert found.value == "2006-08-17"
    assert found.raw == "1'7 สิงหาคม 2549"
    assert found.confidence < 0.9


def test_stroke_before_a_day_may_be_its_first_digit() -> None:
    for stroke in "/(l":
        found = date_at(row(line_with_lattice(f"{stroke}๗ มกราคม ๒๕๖๓")))
        assert found is not None
        assert found.confidence < 0.9


def test_date_of_which_little_is_left_is_the_one_it_is_least_unlike() -> None:
    line = line_with_lattice("๑๒ ธ//วา// ๒๕๖๔", {0: {"๒": 0.3}})
    found = date_at(row(line))
    assert found is not None
    assert found.value == "2021-12-12"
    assert found.confidence < 0.9
    assert found.alternatives[0][0] == "2021-12-22"


def test_digits_written_apart_are_one_number_for_review() -> None:
    line = line_with_lattice("มท ๐๘๑๖.๒/ว ๑ ๒๓๔")
    found = number_at(row(line), 0, len(line.text))
    assert found.evidence.value == "มท 0816.2/ว 1234"
    assert found.evidence.confidence <= 0.85


def test_number_before_digits_that_stand_apart_is_for_review_without_a_lattice() -> None:
    line = Line("มท ๐๘๑๖.๒/ว ๑๒๓๔ ๗", Box(170, 240, 370, 272), 0.99, body_height=16.0, engine="neural")
    found = number_at(row(line), 0, len(line.text))
    assert found.evidence.value == "มท 0816.2/ว 1234"
    assert found.evidence.confidence <= 0.5


def test_remark_in_brackets_is_no_part_of_a_number() -> None:
    line = Line("ศย ๐๑๖/ว ๓๑(ป)", Box(170, 240, 320, 272), 0.99, body_height=16.0, engine="neural")
    assert number_at(row(line), 0, len(line.text)).evidence.value == "ศย 016/ว 31"


def test_day_of_which_the_digits_stand_apart_is_one_day_for_review() -> None:
    found = date_at(row(line_with_lattice("๑ ๗ สิงหาคม ๒๕๖๕")))
    assert found is not None
    assert found.value == "2022-08-17"
    assert found.confidence <= 0.85
