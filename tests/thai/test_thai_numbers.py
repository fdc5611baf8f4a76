"""Letter numbers: reading every written variant, never prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai import (
    LetterNumber,
    agencies,
    find_numbers,
    parse_number,
    to_thai,
)

letters = st.sampled_from([agency.letters for agency in agencies()])
agency_digits = st.from_regex(
    r"0[0-9]{3}((\([ก-ฮ]{1,3}\))?\.[1-9][0-9]{0,2}){0,2}(\([1-9][0-9]?\))?|[5-8][0-9]{4}",
    fullmatch=True,
    alphabet="0123456789.()กลปศอฮ",
)
running = st.none() | st.from_regex(r"[0-9]{1,5}", fullmatch=True, alphabet="0123456789")
numbers = st.builds(
    lambda code, digits, circular, raw: LetterNumber(
        code, digits, circular, int(raw) if raw else None, raw or ""
    ),
    letters,
    agency_digits,
    st.booleans(),
    running,
)


def shown(number: LetterNumber, gap: str, circular: str, thai: bool) -> str:
    """The number with ``gap`` wherever a writer or an OCR engine may put a space."""
    digits = number.agency_digits.replace(".", f"{gap}.{gap}")
    mark = circular + gap if number.is_circular else ""
    text = f"{number.agency_letters}{gap}{digits}{gap}/{gap}{mark}{number.running_raw}"
    return to_thai(text) if thai else text


@given(numbers)
def test_the_normalised_form_reads_as_itself(number: LetterNumber) -> None:
    assert parse_number(number.normalised) == number


@given(numbers, st.sampled_from(("", " ", "  ")), st.sampled_from(("ว", "ว.", "ว .")), st.booleans())
def test_every_spacing_and_script_is_the_same_number(
    number: LetterNumber, gap: str, circular: str, thai: bool
) -> None:
    printed = shown(number, gap, circular, thai)
    assert parse_number(f"ที่ {printed}") == number
    found = find_numbers(f"หนังสือจังหวัดกระบี่ ที่ {printed} ลงวันที่ ๒๑ ธันวาคม ๒๕๖๔ จำนวน ๑ ชุด")
    assert [f.number for f in found] == [number]


@given(st.lists(numbers, min_size=1, max_size=4), st.booleans())
def test_lists_are_found_in_order_with_their_spans(held: list[LetterNumber], thai: bool) -> None:
    text = "\n".join(f"{i}. หนังสือ ที่ {shown(n, ' ', 'ว', thai)} ลว. 15 ก.ย. 48" for i, n in enumerate(held, 1))
    found = find_numbers(text)
    assert [f.number for f in found] == held
    assert all(f.raw == text[f.start : f.end] for f in found)


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("ที่ มท0810.3/ว2927", "มท 0810.3/ว 2927"),
        ("ที่มท0810.3/ว2927", "มท 0810.3/ว 2927"),
        ("มท ๐๘๑๐.๓/ว ๒๙๒๗", "มท 0810.3/ว 2927"),
        ("มท 0809.3/ว. 0003", "มท 0809.3/ว 0003"),
        ("มท 0809.2/ 2799", "มท 0809.2/2799"),
        ("อว 8115.1 /0174", "อว 8115.1/0174"),
        ("อต ๐๐๓๓.๓๐๖/๗๒๐๖", "อต 0033.306/7206"),
        ("ที่ ปช ๐๐๑๓/๐๐๘๔", "ปช 0013/0084"),
        ("ตช ๐๐๒๐(ลป).๔/ว ๙๔", "ตช 0020(ลป).4/ว 94"),
        ("ตช 0007.33(12)/123", "ตช 0007.33(12)/123"),
        ("กห 0312(ศอ.)/45", "กห 0312(ศอ.)/45"),
        ("สธ 0201.032.1(1)/ว 12", "สธ 0201.032.1(1)/ว 12"),
        ("กห ๐๓๐๑/๑/ว ๑๒", "กห 0301/1/ว 12"),
        ("ศธ ๐๔๐๐๑/ว๑", "ศธ 04001/ว 1"),
        ("ที่ ๕๑๐๐๑/ว ๑๒", "51001/ว 12"),
        ("กบ ๕๒๐๐๑/ว ๑๒", "กบ 52001/ว 12"),
        ("ที่ สป. ๕.๓๐/ว.๑๒", "สป 5.30/ว 12"),
        ("ที่ กค (กวจ) 0405.2/ว 119", "กค (กวจ) 0405.2/ว 119"),
        ("กค(กวจ)๐๔๐๕.๒/ว๑๑๙", "กค (กวจ) 0405.2/ว 119"),
        ("ที่ ตช 0001(สท)/ว 12", "ตช 0001(สท)/ว 12"),
        ("ที่ อว ๐๖๐๔.๑๐(๒)/๑๒๓", "อว 0604.10(2)/123"),
        ("และที่ ศย ๓๐๓/๓", "ศย 303/3"),
        ("นร ๐๕๐๓/ว(ล) ๑๒๓", "นร 0503/ว 123"),
        ("พศ ๐๐๐๑/ว ๑๒", "พศ 0001/ว 12"),
        ("ม ท ๐ ๘ ๑ ๐ . ๓ / ว ๒ ๙ ๒ ๗", "มท 0810.3/ว 2927"),
        ("มท\n๐๘๑๐.๓/ว\n๒๙๒๗", "มท 0810.3/ว 2927"),
        ("มท 0810.3 ว2927", "มท 0810.3/ว 2927"),
        ("ว 10 ลว. 15 ก.ย. 48", "ว 10"),
        ("หนังสือเวียน ว.๑๑๙", "ว 119"),
        ("ที่ มท 0809.2/ว 41,มท", "มท 0809.2/ว 41"),
        ("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗\nถนนราชสีมา", "มท 0810.3/ว 2927"),
        ("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗\nกรมส่งเสริมการปกครองท้องถิ่น", "มท 0810.3/ว 2927"),
        ("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗ ถนนราชสีมา", "มท 0810.3/ว 2927"),
        ("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗      ธันวาคม ๒๕๖๔", "มท 0810.3/ว 2927"),
        ("๑.กบ ๐๐๒๓.๔/ว ๔๑๒๒", "กบ 0023.4/ว 4122"),
    ],
)
def test_variants(text: str, normalised: str) -> None:
    assert [found.number.normalised for found in find_numbers(text)] == [normalised]


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("ที่ มท ๐๘๑๐.๓/ว", "มท 0810.3/ว"),
        ("ที่ มท ๐๘๑๐.๓/ว ........", "มท 0810.3/ว"),
        ("ที่ มท ๐๘๑๐.๓/\n\nกรมส่งเสริมการปกครองท้องถิ่น", "มท 0810.3/"),
        ("ที่ มท 0810.3/ว  ๗ ธันวาคม ๒๕๖๔", "มท 0810.3/ว"),
        ("ที่ มท 0810.3/ว      ลงวันที่ ๗ ธันวาคม ๒๕๖๔", "มท 0810.3/ว"),
        ("ที่ กบ 0023.4/ว\n๙/๑๐ ถนนอุตรกิจ", "กบ 0023.4/ว"),
        ("ที่ กบ 0023.4/ว\n๙ ถนนอุตรกิจ", "กบ 0023.4/ว"),
        ("นม ๐๐๓๒.๓๐๑/พิเศษ", "นม 0032.301/"),
    ],
)
def test_a_blank_running_number_is_none(text: str, normalised: str) -> None:
    (found,) = find_numbers(text)
    assert found.number.running_number is None
    assert found.number.normalised == normalised


@pytest.mark.parametrize(
    "text",
    [
        "การประชุมครั้งที่ ๓/๒๕๖๓ วันที่ ๖ มกราคม ๒๕๖๓",
        "แผนที่ 4/5 หมู่ที่ ๔/๕ พื้นที่ 12345/6",
        "วันที่ 7/12/2564 เวลา 14.18 น.",
        "โทร. ๐ ๒๒๔๑ ๙๐๐๐/๑๒ โทรศัพท์/โทรสาร ๐ ๗๕๗๐ ๒๗๘๒",
        "๙/๑๐ ถนนอุตรกิจ กบ ๘๑๐๐๐",
        "กรม ๑๒/๓ คน ๑๐/๒๐",
        "พ.ศ. ๒๕๖๐/๒๕๖๑ (พ.ศ. ๒๕๖๐ - ๒๕๖๔)",
        "คำสั่งที่ ๑๒๓/๒๕๖๔ คำสั่ง ที่ ๑๒๓๔/๒๕๖๔",
        "คำสั่ง ที่ สกก. ๑๒/๒๕๖๔",
        "<https://e-plan.nacc.go.th/0810.3/2927>",
        "ระดับชั้น ม. ๓/๔ และ น. ๐๑๒๓/๔",
        "จำนวน ว ๑๐ และอื่น ๆ",
        "คดีหมายเลขแดงที่ อ. 123/2560",
    ],
)
def test_prose_has_no_numbers(text: str) -> None:
    assert find_numbers(text) == ()
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text", ["คดีหมายเลขดำที่ อย ๑๒๓๔/๒๕๖๔", "หมายเลขทะเบียน กท ๑๒๓๔/ ๕๖", "ใบอนุญาตเลขที่ นบ ๑๒๓๔/๕๖"]
)
def test_what_else_has_a_number_with_the_letters_of_a_province(text: str) -> None:
    assert find_numbers(f"ตามที่อ้างถึง นั้น {text} ได้แจ้งแล้ว") == ()


def test_leading_zeros_are_shown_but_do_not_make_another_letter() -> None:
    one, other = parse_number("ปช 0013/0084"), parse_number("ปช 0013/84")
    assert one is not None
    assert other is not None
    assert one.normalised != other.normalised
    assert (one.agency_code, one.running_number) == (other.agency_code, other.running_number)


@pytest.mark.parametrize(
    "parts",
    [
        ("มท", "0810.3", True, 5, "6"),
        ("มท", "0810.3", True, None, "6"),
        ("มท", "0810.3", True, 6, "๖"),
        ("มท", "๐๘๑๐", True, 6, "6"),
        ("", "", True, None, ""),
    ],
)
def test_parts_that_disagree_are_refused(parts: tuple[str, str, bool, int | None, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        LetterNumber(*parts)
