"""What synthetic lines say: the mix of running official Thai, numbers, Latin, and short cells."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from random import Random

from training.synthesis import numbers
from training.synthesis.alphabet import ALPHABET, LATIN, MARKS, SYMBOLS, THAI_DIGITS, THAI_LETTERS, canonical
from training.synthesis.latin import english, english_word, mail
from training.synthesis.segments import HAND, HEADING, PRINT, STAMP, Segment, Segments, printed
from training.synthesis.vocabulary import vocabulary

_ALLOWED = frozenset(ALPHABET)


def word(random: Random) -> str:
    """A Thai word, rare characters far more often than life has them."""
    words = vocabulary()
    way = random.random()
    if way < 0.80:
        return words.running.draw(random)
    if way < 0.91:
        return random.choice(words.rare[random.choice(tuple(words.rare))])
    return "".join(random.choices(words.syllables, k=random.randint(1, 3)))


def person(random: Random) -> str:
    """A made-up name with its title: ``นายสมชาย ใจดี``."""
    words = vocabulary()
    title = random.choice(("นาย", "นาย", "นาง", "นางสาว", "น.ส.", "ดร.", "ว่าที่ร้อยตรี", "พล.ต.อ.", ""))
    return f"{title}{random.choice(words.first_names)} {random.choice(words.family_names)}"


_SYMBOL_POOLS = (
    THAI_DIGITS,
    THAI_DIGITS + "0123456789",
    THAI_LETTERS,
    THAI_LETTERS + THAI_DIGITS,
    LATIN,
    string.ascii_letters + string.digits,
    string.punctuation + MARKS + "฿๏๚๛",
)


def running_text(random: Random, length: int) -> str:
    """Thai words set solid, a space now and then, numbers and abbreviations between them."""
    words = vocabulary()
    parts: list[str] = []
    size = 0
    while size < length:
        part = _piece(random, words.official, words.abbreviations, words.provinces)
        parts.append(part)
        size += len(part)
    return "".join(parts)


def _piece(
    random: Random, official: tuple[str, ...], abbreviations: tuple[str, ...], provinces: tuple[str, ...]
) -> str:
    way = random.random()
    if way < 0.66:
        return word(random) + random.choice(("", "", "", "", "", " "))
    if way < 0.80:
        return random.choice(official) + random.choice(("", "", " "))
    if way < 0.85:
        return f" {_abbreviated(random, abbreviations)} "
    if way < 0.87:
        return f" {english_word(random)} "
    if way < 0.91:
        return random.choice(("จังหวัด", "จังหวัด", "อำเภอ", "ตำบล", "จ.")) + random.choice(provinces) + " "
    if way < 0.945:
        return f" {clause(random) if random.random() < 0.6 else _number(random)} "
    if way < 0.965:
        return f" “{word(random)}{word(random)}” "
    if way < 0.98:
        return f" ({word(random)}{word(random)}) "
    return random.choice((" ๆ ", "ๆ ", " ๆ ", "ฯ ", "ฯ ", " ฯลฯ ", " - ", " – ", "...", ", ", "/", ": "))


def _abbreviated(random: Random, abbreviations: tuple[str, ...]) -> str:
    """One short name, or several with commas close behind full stops: ``ก.จ.,ก.ท. และ ก.อบต.``."""
    if random.random() < 0.7:
        return random.choice(abbreviations)
    *names, last = random.choices(abbreviations, k=random.choice((2, 2, 3, 4)))
    return random.choice((",", ", ")).join(names) + random.choice((",", ", ", " และ ")) + last


def _number(random: Random) -> str:
    makers = (numbers.random_number, numbers.amount, numbers.date, clause, _letter_number)
    return random.choice(makers)(random)


_BLANK = re.compile(r"\{([nyadw])\}")  # "{y}" in "พ.ศ. {y}"


def clause(random: Random) -> str:
    """A turn of phrase with numbers in it: ``(ฉบับที่ ๒) พ.ศ. ๒๕๖๔``, all in one script."""
    makers = {
        "n": lambda: numbers.digits(random, random.choice((1, 1, 2, 2, 3, 4))),
        "y": lambda: numbers.year(random),
        "a": lambda: f"{random.randint(1, 10 ** random.randint(2, 8)):,}{random.choice(('', '.00', '.-'))}",
        "d": lambda: f"{random.randint(1, 31)} {random.choice(numbers.MONTHS)[0]} {numbers.year(random)}",
        "w": lambda: word(random),
    }
    template = random.choice(vocabulary().clauses)
    return numbers.script(random, _BLANK.sub(lambda match: makers[match[1]](), template), 0.72)


def _letter_number(random: Random) -> str:
    return "".join(numbers.letter_number(random))


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
        parts.append(_number(random) if random.random() < 0.6 else numbers.random_number(random))
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


_RUBBER = ("ด่วนที่สุด", "ด่วนมาก", "ด่วน", "ลับ", "ลับมาก", "ลับที่สุด", "สำเนาถูกต้อง", "สำเนาคู่ฉบับ", "สำเนา")
"""Words that offices have as rubber stamps."""


def official(random: Random, limit: int) -> Segments:
    """One phrase of office, perhaps with its value: ``เรียน ผู้ว่าราชการจังหวัด…``."""
    words = vocabulary()
    if random.random() < 0.12:
        return (Segment(random.choice(_RUBBER), STAMP),)
    text = random.choice(words.official)
    if random.random() < 0.5:
        value = random.choice((word, person, _number, numbers.amount))(random)
        text += random.choice((" ", "  ", " : ", ": ")) + value
    return printed(text)


def form_field(random: Random, limit: int) -> Segments:
    """A printed word, a dotted line, and something written or stamped on it."""
    words = vocabulary()
    lead = random.choice(
        ("เลขรับ", "เลขที่รับ", "วันที่", "เวลา", "ที่", "รับที่", "ลงวันที่", "โทร.", random.choice(words.official))
    )
    written = random.choice((numbers.random_number, numbers.stamped_date, _time, numbers.date))(random)
    ink = random.choices((HAND, STAMP, PRINT), (0.6, 0.2, 0.2))[0]
    if random.random() < 0.4:
        return Segment(lead, PRINT, random.uniform(0.45, 1.5)), Segment(written, ink)
    start, value = (
        Segment(lead + "...", PRINT, random.uniform(-0.3, 0.3)),
        Segment(written, ink, random.uniform(-0.3, 0.3)),
    )
    return (start, value, Segment("...")) if random.random() < 0.5 else (start, value)


_MEMO_FIELDS = ("ส่วนราชการ", "ที่", "วันที่", "เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "โทร.", "หมายเหตุ", "ข้อเสนอ")


def memo_field(random: Random, limit: int) -> Segments:
    """A field of a memo or a row of a form, its name bold: ``ที่ อต ๐๐๓๓.๓๐๖/๗๒๐``."""
    name = Segment(random.choice(_MEMO_FIELDS), HEADING, random.uniform(0.45, 2.0))
    way = random.random()
    if way < 0.3:
        rest = numbers.letter_number_line(random)
    elif way < 0.5:
        rest = numbers.date_line(random)
    else:
        rest = printed(running_text(random, random.randint(4, max(5, limit - 20))))
    return name, *rest


def _time(random: Random) -> str:
    hours, minutes = random.randint(0, 23), random.randint(0, 59)
    return numbers.script(random, f"{hours:02d}{random.choice('.:')}{minutes:02d}", 0.6) + random.choice(
        (" น.", "น.", "")
    )


def cell(random: Random, limit: int) -> Segments:
    """What stands alone in a table cell or a margin."""
    words = vocabulary()
    return printed(
        random.choice(
            (
                numbers.numbering(random),
                numbers.amount(random),
                numbers.random_number(random),
                random.choice(("-", "–", "/", "รวม", "สป.", "กค.", "บาท", "ม.", "น.")),
                random.choice(words.abbreviations),
                word(random),
                word(random) + word(random),
                _time(random),
                numbers.script(random, f"- {random.randint(1, 99)} -", 0.8),
                _choice(random),
                random.choice(SYMBOLS),
            )
        )
    )


def _choice(random: Random) -> str:
    """Boxes to tick: ``☐ เห็นชอบ ☑ ไม่เห็นชอบ``, ``( ) อนุมัติ``, ``• ข้อความ``."""
    marks = random.choice((SYMBOLS, "☐☑", "•", "✓"))
    return " ".join(f"{random.choice(marks)} {word(random)}" for _ in range(random.randint(1, 3)))


def signature(random: Random, limit: int) -> Segments:
    """``(นายสมชาย ใจดี)``, with dots about it or without."""
    name = person(random)
    return printed(random.choice((f"({name})", f"( {name} )", name, f"ลงชื่อ...{name}", f"({name})...")))


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


def contact(random: Random, limit: int) -> Segments:
    """Telephone, web and mail."""
    return printed(random.choice((numbers.telephone, numbers.telephone, mail))(random))


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
