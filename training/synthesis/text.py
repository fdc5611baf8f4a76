"""What synthetic lines say: the mix of running official Thai, numbers, Latin, fields and short cells."""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

from training.synthesis import numbers
from training.synthesis.alphabet import ALPHABET, LATIN, MARKS, THAI_DIGITS, THAI_LETTERS, canonical
from training.synthesis.fields import cell, contact, form_field, memo_field, official, signature
from training.synthesis.latin import english
from training.synthesis.segments import HAND, PRINT, STAMP, Segment, Segments, printed
from training.synthesis.vocabulary import vocabulary
from training.synthesis.words import a_number, running_text, word

_ALLOWED = frozenset(ALPHABET)

_SYMBOL_POOLS = (
    THAI_DIGITS,
    THAI_DIGITS + "0123456789",
    THAI_LETTERS,
    THAI_LETTERS + THAI_DIGITS,
    LATIN,
    string.ascii_letters + string.digits,
    string.punctuation + MARKS + "฿๏๚๛",
)


def prose(random: Random, limit: int) -> Segments:
    """A line of running text, perhaps numbered or with a page-turn mark."""
    text = running_text(random, random.randint(min(8, limit), limit))
    way = random.random()
    if way < 0.15:
        text = f"{numbers.numbering(random)} {text}"
    elif way < 0.18:
        text = f"/ {text[:12]}..."
    elif way < 0.20:
        text = f"/{text[:20]} ..."
    return printed(text)


def number_line(random: Random, limit: int) -> Segments:
    """Random numbers, mostly Thai digits, with or without words between them."""
    parts: list[str] = []
    wordy = random.random() < 0.4
    while (sum(map(len, parts)) < min(limit, 60) and random.random() < 0.8) or not parts:
        parts.append(a_number(random) if random.random() < 0.6 else numbers.random_number(random))
        if wordy:
            parts.append(word(random))
    return printed(random.choice((" ", " ", "")).join(parts) if wordy else " ".join(parts))


def digit_string(random: Random, limit: int) -> Segments:
    """A bare string of Thai or Arabic digits, printed, written or stamped."""
    ink = random.choices((PRINT, HAND, STAMP), (0.37, 0.48, 0.15))[0]
    thai_share = 0.6 if ink == HAND else 0.75
    text = numbers.script(random, numbers.digits(random, random.randint(1, min(limit, 14))), thai_share)
    if ink == HAND and random.random() < 0.25:
        text = numbers.written_circular(random, text[:5])
    return (Segment(text, ink),)


def reference(random: Random, limit: int) -> Segments:
    """``อ้างถึง หนังสือ … ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗ ลงวันที่ ๗ ธันวาคม ๒๕๖๔``."""
    lead = random.choice(("อ้างถึง ", "หนังสือ", "ตามหนังสือ", "สำเนาหนังสือ", numbers.numbering(random) + " "))
    office = random.choice(vocabulary().official) if limit > 50 else ""
    before, running = numbers.letter_number(random)
    return printed(
        f"{lead}{office} {random.choice(('ที่', 'ด่วนที่สุด ที่', ''))} {before}{running} {numbers.date(random)}"
    )


def symbols(random: Random, limit: int) -> Segments:
    """Characters in no order at all, so that none is known only by its neighbours."""
    pool = random.choice(_SYMBOL_POOLS)
    chunks = [
        "".join(random.choices(pool, k=random.randint(1, 6)))
        for _ in range(random.randint(1, max(1, limit // 6)))
    ]
    return printed(" ".join(chunks))


_ALIKE = ("๔๕", "๔๕๘", "๔๙", "๓๙๗", "๓ต๗", "๘๔ต", "๘๐", "๐๑", "ด๑ต๓ง", "๖๒๑", "๙ง๗", "17/", "3859", "27๒")
"""Characters that some stroke tells apart, if hardly, in one face or another: not O and 0."""


def look_alikes(random: Random, limit: int) -> Segments:
    """Numbers of digits that look alike, where nothing but their shapes tells them apart."""
    pool = random.choice(_ALIKE)
    numbers_of_it = (
        "".join(random.choices(pool, k=random.randint(1, 8)))
        for _ in range(random.randint(1, max(1, limit // 8)))
    )
    return printed(random.choice((" ", "/", ".", " ")).join(numbers_of_it))


_KINDS: tuple[tuple[str, Callable[[Random, int], Segments], float], ...] = (
    ("prose", prose, 44.0),
    ("numbers", number_line, 7.0),
    ("digits", digit_string, 8.0),
    ("letter number", lambda random, _: numbers.letter_number_line(random), 18.0),
    ("date", lambda random, _: numbers.date_line(random), 10.0),
    ("reference", reference, 4.0),
    ("official", official, 6.0),
    ("form", form_field, 5.0),
    ("memo", memo_field, 4.0),
    ("cell", cell, 4.0),
    ("signature", signature, 3.0),
    ("contact", contact, 3.0),
    ("latin", lambda random, _: printed(english(random)), 3.5),
    ("symbols", symbols, 4.0),
    ("look-alikes", look_alikes, 4.0),
)
"""The kinds of line, with how often each is drawn."""


def draw_text(random: Random, max_characters: int) -> tuple[str, Segments]:
    """The kind of a line and its canonical stretches, within ``max_characters`` in all."""
    name, make, _ = random.choices(_KINDS, [weight for _, _, weight in _KINDS])[0]
    kept: list[Segment] = []
    room = max_characters
    for segment in make(random, max_characters):
        text = "".join(sign for sign in canonical(segment.text) if sign in _ALLOWED)
        text = canonical(_cut(text, room))
        if text:
            kept.append(Segment(text, segment.ink, segment.gap))
            room -= len(text) + 1
        if room < 1:
            break
    return name, tuple(kept) or printed(numbers.random_number(random)[:max_characters])


_LEANING = frozenset("ะัาำิีึืฺุูๅๆฯ็่้๊๋์ํ")


def _cut(text: str, limit: int) -> str:
    """At most so many characters, never parting a consonant from its marks nor ending in เ แ โ ใ ไ."""
    if len(text) <= limit:
        return text
    end = limit
    while end > 0 and (text[end] in _LEANING or text[end - 1] in "เแโใไ"):
        end -= 1
    return text[:end].strip()
