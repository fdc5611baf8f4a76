"""Digits, text repair and amounts."""

from decimal import Decimal

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai import amount_pattern, has_thai_digit, parse_amount, repair, squeeze, to_arabic, to_thai

THAI = "กขคงจดตนบปมยรลวสหอ" + "ะาำเแโใไๆฯ" + "ัิีึืุู็ํ" + "่้๊๋์" + "๐๑๒ 019\n\t().\u200b"
# Ordinary phrases of letters, right as they stand
PHRASES = (
    "กรมส่งเสริมการปกครองท้องถิ่น",
    "สิ่งที่ส่งมาด้วย",
    "น้ำท่วมซ้ำซาก จำนวน ๑ ฉบับ",
    "ผู้ว่าราชการจังหวัดทุกจังหวัด",
    "ข้อ ก ข ค ง ต่าง ๆ",
    "พันธุ์ สิทธิ์ เพชร แผน โครงการ ให้ ได้",
    "ด่วนที่สุด",
)
SPLIT_AM = {"ำ": "ํา"}


@given(st.text())
def test_digit_scripts_change_into_each_other(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert to_thai(to_arabic(text)) == to_thai(text)
    assert not has_thai_digit(to_arabic(text))


@given(st.text(alphabet=THAI, max_size=40))
def test_repair_is_idempotent(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@given(st.text(alphabet=THAI, max_size=40))
def test_repair_keeps_every_consonant_digit_and_line_end_in_order(text: str) -> None:
    def kept(value: str) -> str:
        return str(regex.sub(r"[^ก-ฮ๐-๙0-9\n\t().]", "", value))

    assert kept(repair(text)) == kept(text)


@given(st.text(alphabet=THAI.replace("ํ", "").replace("ๅ", ""), max_size=40))
def test_repair_never_loses_a_kind_of_vowel(text: str) -> None:
    vowels = {character for character in text.replace("เ", "แ") if character in "ะาำแโใไัิีึืุู็"}
    assert vowels <= set(repair(text).replace("เ", "แ"))


@pytest.mark.parametrize("phrase", PHRASES)
def test_sound_text_stays(phrase: str) -> None:
    assert repair(phrase) == phrase


@given(st.sampled_from(PHRASES), st.data())
def test_damage_of_every_kind_is_mended(phrase: str, data: st.DataObject) -> None:
    broken = ""
    for character in phrase:
        damage = data.draw(st.sampled_from(("none", "gap", "twice", "hidden")))
        if damage == "gap" and character in "ะาำัิีึืุู็่้๊๋์":
            broken += " "
        elif damage == "hidden":
            broken += "\u200b"
        broken += SPLIT_AM.get(character, character) if data.draw(st.booleans()) else character
        if damage == "twice" and character in "ัิีึืุู่้":
            broken += character
    assert repair(broken) == phrase


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ท่ี", "ที่"),
        ("นำ้", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("เเละ", "และ"),
        ("เ เละ", "และ"),
        ("ที่ ่ ", "ที่ "),
        ("ก ร ม ส่ ง", "กรมส่ง"),
        ("ก ร ม ก า ร ป ก ค ร อ ง", "กรมการปกครอง"),
        ("เ รื ่ อ ง  ชั ก ซ้ อ ม", "เรื่อง  ชักซ้อม"),
        ("ก า ร", "การ"),
        ("กา ร ประชุม", "การ ประชุม"),
        ("ที่\u00a0มท", "ที่ มท"),
    ],
)
def test_known_breaks(broken: str, whole: str) -> None:
    assert repair(broken) == whole


def test_separate_short_words_are_not_joined() -> None:
    assert repair("ไป ณ วัด") == "ไป ณ วัด"
    assert repair("ที่ ว ๑๐") == "ที่ ว ๑๐"
    assert repair("มี ดี สี") == "มี ดี สี"
    assert repair("เรียน นายอำเภอ ทุกอำเภอ") == "เรียน นายอำเภอ ทุกอำเภอ"


def test_squeeze_makes_one_key_of_many_spellings() -> None:
    assert squeeze("จํานวน “๑” ฉบับ") == squeeze('จำนวน "1"\nฉบับ') == "จำนวน1ฉบับ"


@given(st.decimals(min_value=0, max_value=999_999_999, places=2), st.booleans(), st.booleans())
def test_amounts_survive_printing(amount: Decimal, thai: bool, grouped: bool) -> None:
    printed = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    printed = to_thai(printed) if thai else printed
    assert parse_amount(printed) == amount
    assert regex.fullmatch(amount_pattern(), printed)


@pytest.mark.parametrize("text", ["-", "", "–", "1,00", "ไม่ใช้งบประมาณ", "1.2.3", "12,3456"])
def test_what_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None
