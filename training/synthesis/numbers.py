"""Numbers as letters print them: letter numbers, dates, amounts, telephone numbers, numbering."""

from __future__ import annotations

from random import Random

from training.synthesis.alphabet import THAI_DIGITS
from training.synthesis.segments import HAND, PRINT, STAMP, Segment, Segments

MONTHS = (
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
)
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_AGENCY_LETTERS = "กขคงจชดตถทธนบปผพมยรลวศษสหอ"


def thai(text: str) -> str:
    """Arabic digits to Thai ones: ``thai("2564")`` is ``๒๕๖๔``."""
    return text.translate(_TO_THAI)


def digits(random: Random, length: int) -> str:
    """So many Arabic digits, each as likely as another."""
    return "".join(random.choices("0123456789", k=length))


def script(random: Random, text: str, thai_share: float = 0.68) -> str:
    """The same number in Thai digits, or left in Arabic ones."""
    return thai(text) if random.random() < thai_share else text


def random_number(random: Random) -> str:
    """A number that says nothing beforehand: one to ten digits, sometimes with marks inside."""
    text = digits(random, random.choice((1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 6, 7, 8, 10)))
    if random.random() < 0.25:
        text += random.choice("./,-:") + digits(random, random.randint(1, 4))
    return script(random, text)


def amount(random: Random) -> str:
    """``๑๐,๐๐๐.๐๐``, ``41,000.-``, ``250``."""
    value = random.randint(0, 10 ** random.randint(1, 8))
    if random.random() < 0.6:
        value = value // 100 * 100 if value > 1000 else value
    ending = random.choice((".00", ".00", "", "", ".-", f".{random.randint(0, 99):02d}", "/-"))
    return script(random, f"{value:,}" + ending, 0.6)


def year(random: Random) -> str:
    """A Buddhist year, mostly of the last decades, sometimes any four digits."""
    return str(random.randint(2540, 2572)) if random.random() < 0.7 else "2" + digits(random, 3)


def date(random: Random) -> str:
    """A date in any form that letters and stamps use."""
    number = random.randrange(12)
    full, short = MONTHS[number]
    day = str(random.randint(1, 31))
    long_year, short_year = year(random), digits(random, 2)
    form = random.random()
    if form < 0.45:
        text = f"{day} {full} {random.choice(('', '', '', 'พ.ศ. '))}{long_year}"
    elif form < 0.6:
        text = f"{day} {short} {random.choice((long_year, short_year))}"
    elif form < 0.68:
        text = f"{day.zfill(2)}/{number + 1:02d}/{random.choice((long_year, short_year))}"
    elif form < 0.74:
        text = f"{day}{random.choice(('', ' '))}{short}{random.choice(('', ' '))}{short_year}"
    elif form < 0.82:
        text = f"{full} {long_year}"
    elif form < 0.88:
        text = f"พ.ศ. {long_year}"
    elif form < 0.92:
        text = f"เดือน {full} พ.ศ. {long_year}"
    else:
        text = f"{day} - {random.randint(1, 31)} {random.choice((full, short))} {long_year}"
    return random.choice(("", "", "", "ลงวันที่ ", "วันที่ ", "ลว. ", "ณ วันที่ ", "เมื่อวันที่ ")) + script(
        random, text, 0.72
    )


def stamped_date(random: Random) -> str:
    """``25 พ.ย. 2564``, ``๒๐ ธ.ค. ๒๕๖๔``: what a date stamp prints, digits of either script."""
    short = random.choice(MONTHS)[1]
    day, long_year = f"{random.randint(1, 31):{random.choice(('', '02'))}}", year(random)
    gap = random.choice((" ", " ", ""))
    return script(random, f"{day}{gap}{short}{gap}{long_year}", 0.45)


def agency_code(random: Random) -> str:
    """``มท ๐๘๑๐.๓``: the letters and digits of the office that numbers the letter."""
    letters = "".join(random.choices(_AGENCY_LETTERS, k=random.choice((2, 2, 2, 2, 1, 3))))
    code = digits(random, random.choice((4, 4, 4, 5, 3)))
    for _ in range(random.choice((0, 0, 1, 1, 1, 2))):
        code += "." + digits(random, random.choice((1, 1, 1, 2)))
    return f"{letters}{random.choice((' ', ' ', ' ', '', '.'))}{code}"


def letter_number(random: Random) -> tuple[str, str]:
    """A letter's number as (what stands before the running number, the running number)."""
    slash = random.choice(("/", "/", "/", "/", " /", "/ ", " / "))
    circular = random.choice(("", "", "ว ", "ว ", "ว", "ว. ", "(ว) "))
    running = digits(random, random.choice((1, 2, 3, 3, 4, 4, 4, 5)))
    if random.random() < 0.12:
        running = running.zfill(random.randint(4, 6))
    prefix = agency_code(random) + slash if random.random() < 0.92 else ""
    before, after = (prefix + (circular or ("ว " if not prefix else ""))), running
    if random.random() < 0.72:
        return thai(before), thai(after)
    return before, after


def written_circular(random: Random, running: str) -> str:
    """A circular's running number as a pen writes it, with its ว: ``ว ๔๘๔``, ``ว. 155``."""
    return f"ว{random.choice(('', ' ', ' ', '. '))}{running}"


def letter_number_line(random: Random) -> Segments:
    """``ที่ มท ๐๘๐๔.๕/ว ๔๘๔``, the running number often by hand or by a numbering stamp."""
    before, running = letter_number(random)
    lead = random.choice(("ที่ ", "ที่ ", "ที่", "หนังสือที่ ", "", "ที่  "))
    way = random.random()
    if way < 0.07:
        return Segment("ที่", PRINT, random.uniform(0.45, 2.0)), Segment(before + running, HAND)
    if way < 0.42:
        tail = "" if random.random() < 0.6 else f" {date(random)}"
        return (Segment((lead + before + running + tail).strip()),)
    ink = HAND if way < 0.85 else STAMP
    if ink == HAND:  # the clerk writes in the script of habit, whatever was printed
        running = script(random, digits(random, len(running)), 0.45)
        if before.endswith(("ว", "ว ", "ว. ")) and random.random() < 0.5:
            before, running = before.rstrip("ว. "), written_circular(random, running)
    gap = random.choice((random.uniform(-0.4, 0.2), random.uniform(0.5, 1.8)))
    return Segment((lead + before).strip(), PRINT, gap), Segment(running, ink)


def date_line(random: Random) -> Segments:
    """A date; the day, or day and month, often by hand, or all of it from a stamp."""
    way = random.random()
    if way < 0.45:
        return (Segment(date(random)),)
    if way < 0.6:
        return (Segment(stamped_date(random), STAMP),)
    full, short = random.choice(MONTHS)
    day = script(random, str(random.randint(1, 31)), 0.65)
    rest = script(random, f"{full} {year(random)}", 0.8)
    if way < 0.85:
        lead = random.choice(("", "", "", "วันที่"))
        ink = HAND if random.random() < 0.75 else STAMP
        gap = random.uniform(-0.1, 0.45) if random.random() < 0.2 else random.uniform(0.45, 1.8)
        body = Segment(day, ink, gap), Segment(rest)
        return (Segment(lead, PRINT, random.uniform(0.45, 1.5)), *body) if lead else body
    written = script(
        random,
        f"{day} {random.choice((full, short))} {random.choice((year(random), digits(random, 2)))}",
        0.65,
    )
    return (Segment(written, HAND),)


def telephone(random: Random) -> str:
    """``โทร. ๐ ๒๒๔๑ ๙๐๐๐ ต่อ ๒๑๐๓-๔``, mobile numbers, fax."""
    d = digits(random, 9)
    body = random.choice(
        (
            f"0 {d[:4]} {d[4:8]}",
            f"0-{d[:4]}-{d[4:8]}",
            f"0{d[:2]}-{d[2:5]}-{d[5:9]}",
            f"0{d[:2]} {d[2:5]} {d[5:9]}",
            f"0{d[:1]}-{d[1:4]}-{d[4:8]}",
            f"0{d}",
            f"0{d[:2]}-{d[2:8]}",
        )
    )
    if random.random() < 0.3:
        body += random.choice((" ต่อ ", "-", ", ")) + digits(random, random.randint(1, 4))
    lead = random.choice(
        ("โทร. ", "โทร. ", "โทร ", "โทรศัพท์ ", "โทรสาร ", "โทร./โทรสาร ", "โทร.", "Tel. ", "")
    )
    return script(random, lead + body, 0.62)


def numbering(random: Random) -> str:
    """What stands before an item of a list: ``๑.``, ``๑.๑``, ``(๑)``, ``1)``, ``-``, ``ข้อ ๓``."""
    n, m = str(random.randint(1, 30)), str(random.randint(1, 12))
    form = random.choice(
        (
            f"{n}.",
            f"{n}.",
            f"{n}.{m}",
            f"{n}.{m}.{random.randint(1, 9)}",
            f"({n})",
            f"{n})",
            f"ข้อ {n}",
            "-",
            f"{n}.{m})",
        )
    )
    return script(random, form, 0.7)
