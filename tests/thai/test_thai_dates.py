"""Dates: the type, finding, printing."""

import datetime

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai import (
    ThaiDate,
    date_pattern,
    find_dates,
    format_date,
    month_name,
    month_short_name,
    parse_date,
    to_thai,
)

full_dates = st.dates(datetime.date(1860, 1, 1), datetime.date(2150, 12, 31)).map(
    lambda date: ThaiDate(date.year + 543, date.month, date.day)
)
months = st.builds(ThaiDate, st.integers(2400, 2699), st.integers(1, 12), st.none())
dates = full_dates | months
recent = st.dates(datetime.date(1983, 1, 1), datetime.date(2036, 12, 31)).map(
    lambda date: ThaiDate(date.year + 543, date.month, date.day)
)


@given(dates)
def test_iso_round_trip(date: ThaiDate) -> None:
    assert ThaiDate.from_iso(date.iso) == date


@given(dates, st.booleans())
def test_printed_dates_are_read_again_and_fit_the_pattern(date: ThaiDate, thai: bool) -> None:
    printed = format_date(date, thai)
    assert parse_date(printed) == date
    assert parse_date(f"ลงวันที่ {printed}") == date
    assert regex.fullmatch(date_pattern(), printed)


@given(
    recent,
    st.booleans(),
    st.sampled_from(("", " ", "  ")),
    st.sampled_from(("", "พ.ศ. ", "พ.ศ.", "พ . ศ . ")),
)
def test_abbreviated_months_with_any_spacing(date: ThaiDate, thai: bool, gap: str, era: str) -> None:
    month = month_short_name(date.month).replace(".", f"{gap[:1]}.{gap[:1]}")
    printed = f"{date.day}{gap}{month}{gap}{era}{date.year_be}"
    assert parse_date(to_thai(printed) if thai else printed) == date


@given(recent, st.sampled_from(("พุทธศักราช ", "พุทธศักราช", "\nพุทธศักราช ")))
def test_the_era_in_full(date: ThaiDate, era: str) -> None:
    printed = f"{date.day} {month_name(date.month)} {era}{date.year_be}"
    assert parse_date(to_thai(printed)) == date
    assert parse_date(f"{date.day} {month_name(date.month)} คริสต์ศักราช {date.year_ce}") == date


@given(recent)
def test_two_digit_years_are_of_the_buddhist_era(date: ThaiDate) -> None:
    found = find_dates(f"ลว. {date.day} {month_short_name(date.month)} {date.year_be % 100:02d}")
    assert [(f.date, f.exact) for f in found] == [(date, True)]


@given(recent)
def test_numeric_dates_in_either_era(date: ThaiDate) -> None:
    assert parse_date(f"{date.day}/{date.month}/{date.year_be}") == date
    assert parse_date(f"{date.day:02d}/{date.month:02d}/{date.year_ce}") == date


@given(dates, dates)
def test_order_is_that_of_time(one: ThaiDate, other: ThaiDate) -> None:
    assert (one < other) == (one.iso < other.iso)
    assert (one == other) == (one.iso == other.iso)


@given(recent, st.text(alphabet="กขคง ่าเ\n(๐1", max_size=15), st.text(alphabet="กขคง ่าเ\n)", max_size=15))
def test_found_spans_are_the_raw_text(date: ThaiDate, before: str, after: str) -> None:
    text = f"{before} ลงวันที่ {format_date(date)} {after}"
    found = find_dates(text)
    assert [f.date for f in found] == [date]
    assert found[0].raw == text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("วันที่ ๕ เดือน เมษายน พ.ศ. ๒๕๖๓", "2020-04-05"),
        ("วันที่ - ๕ เม.ย. ๒๕๖๓", "2020-04-05"),
        ("ลว.15ก.ย.48", "2005-09-15"),
        ("ลงวันที่\n๗ ธันวาคม ๒๕๖๔", "2021-12-07"),
        ("๗ ธันวาคม\n๒๕๖๔", "2021-12-07"),
        ("7 ธันวาคม ค.ศ. 2021", "2021-12-07"),
        ("๑๔ กรกฏาคม ๒๕๖๓", "2020-07-14"),
        ("๑๗ มี น า คม ๒๕ ๖๐", "2017-03-17"),
        ("๗/๑๒/๖๔", "2021-12-07"),
        ("25 พ.ย. ๒๕๖๔", "2021-11-25"),
        ("๒๕ พ.ย. ๖๔ ๑๔.๕๑ น.", "2021-11-25"),
        ("15 ก.ย. 48 12.30 น.", "2005-09-15"),
        ("15 ก.ย. 48 12 น.", "2005-09-15"),
        ("ภายในเดือนเมษายน ๒๕๖๓", "2020-04"),
        ("๑๑๐๐๐\n\nเมษายน ๒๕๖๓", "2020-04"),
        ("ต่อ ๑๐\nเมษายน ๒๕๖๓", "2020-04"),
        ("๒๙ กุมภาพันธ์ ๒๕๖๓", "2020-02-29"),
        ("9 สิงหาคม.2566", "2023-08-09"),
    ],
)
def test_variants(text: str, iso: str) -> None:
    assert [(found.date.iso, found.exact) for found in find_dates(text)] == [(iso, True)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("๒๐ 5.ค. ๒๕๖๔", "2021-12-20"),
        ("๗ ธันวาดม ๒๕๖๔", "2021-12-07"),
        ("๒ ๑ ธ.ค. ๖๔", "2021-12-01"),
        ("7/12/21", "1978-12-07"),
        ("ก.พ. 48", "2005-02"),
        ("๑๒๑ ธันวาคม ๒๕๖๔", "2021-12"),
    ],
)
def test_guesses_are_not_exact(text: str, iso: str) -> None:
    assert [(found.date.iso, found.exact) for found in find_dates(text)] == [(iso, False)]


@pytest.mark.parametrize(
    "text",
    [
        "ระเบียบ ก.พ.ค.๒๕๖๑ - ๒๕๖๓",
        "ปีงบประมาณ พ.ศ. ๒๕๖๕",
        "๓๑ กันยายน ๒๕๖๓",
        "๒๙ กุมภาพันธ์ ๒๕๖๔",
        "ภายในเดือนเมษายน และรอบ ๑๒ เดือน",
        "1.2.64",
        "02-12-64",
        "ครั้งที่ ๑/๒/๒๕",
        "มท ๐๘๑๐.๓/ว ๒๙๒๗",
        "โทร. ๐ ๒๒๔๑ ๙๐๐๐ ต่อ ๒๑๒๒-๔",
        "7 มกราคม 3021",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == ()
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["7 ธันวาคม", "๗ ธันวาคม ๒๕๖๔ และ ๘ ธันวาคม ๒๕๖๔", "เรื่อง ๗ ธันวาคม ๒๕๖๔", ""])
def test_parse_wants_one_date_and_nothing_else(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["2021", "2021-13", "2021-02-29", "2021-2-9", "๒๐๒๑-๐๒"])
def test_bad_iso_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ThaiDate.from_iso(text)


@pytest.mark.parametrize(
    "parts", [(2564, 0, None), (2564, 13, None), (2564, 4, 31), (2564, 4, 0), (500, 1, 1)]
)
def test_days_that_are_none_are_refused(parts: tuple[int, int, int | None]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ThaiDate(*parts)


@pytest.mark.parametrize("text", ["39 ธ.ค. 64", "7 ธันวาคม 3564", "7 ธันวา", "๗ ธันวาคม ๒๕๖4", "32 มกราคม 2564"])
def test_the_pattern_refuses(text: str) -> None:
    assert regex.fullmatch(date_pattern(), text) is None


@pytest.mark.parametrize("text", ["๑๓ สิงหาคม ๒๕", "สิงหาคม 25", "12/8/25"])
def test_half_a_year_is_no_year(text: str) -> None:
    assert find_dates(text) == ()
