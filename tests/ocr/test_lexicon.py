"""Doubtful letters are settled by words; digits and what is sure stay as they were read."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Character, Line
from pipeline.ocr.lexicon import settle as settle_page

BOX = Box(0, 0, 100, 20)


def line(*characters: tuple[str, float, tuple[tuple[str, float], ...]]) -> Line:
    read = tuple(
        Character(text, confidence, place, place + 1, others)
        for place, (text, confidence, others) in enumerate(characters)
    )
    return Line("".join(character.text for character in read), BOX, 0.9, read)


def settle(read: Line) -> Line:
    """``read`` as the only line of its page."""
    (settled,) = settle_page([read])
    return settled


def sure(text: str) -> list[tuple[str, float, tuple[tuple[str, float], ...]]]:
    return [(sign, 0.99, ()) for sign in text]


def doubtful(text: str, other: str, share: float) -> tuple[str, float, tuple[tuple[str, float], ...]]:
    return (text, 1.0 - share, ((other, share),))


def test_a_doubtful_letter_becomes_what_makes_a_word():
    read = settle(line(*sure("อั"), doubtful("ด", "ต", 0.2), *sure("ราเงินเดือน")))
    assert read.text == "อัตราเงินเดือน"
    settled = read.characters[2]
    assert settled.alternatives[0] == ("ด", 0.8), "what was read is kept"
    assert settled.confidence <= 0.5, "and the letter stays doubtful"


def test_several_letters_are_settled_together():
    read = settle(
        line(*sure("รัฐมน"), doubtful("ด", "ต", 0.3), *sure("รีปฏิบั"), doubtful("ด", "ต", 0.2), *sure("ิ"))
    )
    assert read.text == "รัฐมนตรีปฏิบัติ"


def test_a_word_that_was_read_surely_stays():
    read = line(*sure("ด้าน"), doubtful("ด", "ต", 0.01), *sure("ิน"))
    assert settle(read) is read


def test_a_name_that_is_no_word_stays():
    read = line(*sure("แสล"), doubtful("ง", "ถ", 0.1), *sure("พัน"))
    assert settle(read).text == "แสลงพัน"


def test_a_letter_read_surely_may_still_be_its_twin():
    read = settle(line(*sure("หรือดำแหน่งและค่าดอบแทน")))
    assert read.text == "หรือตำแหน่งและค่าตอบแทน"
    assert read.characters[4].alternatives[0] == ("ด", 0.99)
    assert read.characters[4].confidence <= 0.5


def test_the_page_tells_which_twin_its_print_takes_for_which():
    worn = [line(*sure("หรือดำแหน่งและค่าดอบแทน")) for _ in range(6)]
    both_words = line(*sure("เรื่องด่างๆ"))
    assert settle(both_words) is both_words
    assert settle_page([*worn, both_words])[-1].text == "เรื่องต่างๆ"
    clear = [line(*sure("ด้านเด็กดีดูแลแดดเดือนเดียวดังเดิม")) for _ in range(6)]
    assert settle_page([*worn[:1], *clear, both_words])[-1] is both_words


def test_codes_and_words_that_both_exist_stay():
    for text in ("ที่ มท ๐๘๑๐", "ชุดด้านปกติ", "ก.อบต."):
        assert settle(line(*sure(text))).text == text


@given(st.text("๐๑๒๓๔๕๖๗๘๙0123456789/. ", max_size=12), st.floats(0.02, 0.5))
def test_digits_are_never_touched(text: str, share: float):
    read = line(*(doubtful(sign, "๙" if sign != "๙" else "๔", share) for sign in text))
    assert settle(read) is read
