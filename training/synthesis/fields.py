"""What stands in fields: phrases of office, forms filled in, memo heads, cells, signatures, telephones."""

from __future__ import annotations

from random import Random

from training.synthesis import numbers
from training.synthesis.alphabet import SYMBOLS
from training.synthesis.latin import mail
from training.synthesis.segments import HAND, HEADING, PRINT, STAMP, Segment, Segments, printed
from training.synthesis.vocabulary import vocabulary
from training.synthesis.words import a_number, person, running_text, word

_RUBBER = ("ด่วนที่สุด", "ด่วนมาก", "ด่วน", "ลับ", "ลับมาก", "ลับที่สุด", "สำเนาถูกต้อง", "สำเนาคู่ฉบับ", "สำเนา")
"""Words that offices have as rubber stamps."""


def official(random: Random, limit: int) -> Segments:
    """One phrase of office, perhaps with its value: ``เรียน ผู้ว่าราชการจังหวัด…``."""
    words = vocabulary()
    if random.random() < 0.12:
        return (Segment(random.choice(_RUBBER), STAMP),)
    text = random.choice(words.official)
    if random.random() < 0.5:
        value = random.choice((word, person, a_number, numbers.amount))(random)
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


def contact(random: Random, limit: int) -> Segments:
    """Telephone, web and mail."""
    return printed(random.choice((numbers.telephone, numbers.telephone, mail))(random))
