"""Synthetic archives whose citations are known, damaged as scanning damages them.

An archive holds some letters of many registers, in bundles of one to six, each letter enclosing the
next. Every letter makes three references: to the next in its bundle, to older letters in or out of the
bundle, most often on the same matter, or to letters that the archive does not hold. Some letters are
scanned twice, some bear the number and date of another (twins), some were written to several recipients
under numbers in a row (siblings). Digits and dates are then damaged, in headings and references.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.citations.damage import damaged_date, read_number
from benchmarks.citations.offices import Register, registers
from pipeline.model import ArchivedLetter, ArchivedReference, Relation
from pipeline.thai import to_thai

REFERENCES = 3
TWINS, COPIES, SIBLINGS = 0.002, 0.01, 0.02
"""Share of letters whose number and date another letter bears too, of letters scanned twice, and of
letters on the same matter as the one before in the register, of the same day."""

NOT_HELD, IN_BUNDLE, SAME_MATTER, SAME_OFFICE = 0.3, 0.1, 0.6, 0.5
SENDER_NAMED, SUBJECT_NAMED, UNDATED = 0.85, 0.1, 0.01
_YEARS = range(2008, 2022)

_VERBS = (
    "ขอเชิญประชุม", "แจ้งแนวทาง", "ซักซ้อมความเข้าใจ", "ขอความร่วมมือ",
    "รายงานผล", "ขอส่งแบบสำรวจ", "การจัดสรร", "แต่งตั้งคณะทำงาน",
)  # fmt: skip
_THINGS = (
    "งบประมาณรายจ่าย", "แผนพัฒนาท้องถิ่น", "การป้องกันการทุจริต", "การจัดการขยะมูลฝอย",
    "เบี้ยยังชีพผู้สูงอายุ", "การบรรจุพนักงาน",
    "อาหารกลางวันนักเรียน", "การป้องกันโรคไข้เลือดออก", "ระบบบัญชี", "ทะเบียนพาณิชย์",
    "ภาษีที่ดิน", "การเลือกตั้งท้องถิ่น", "น้ำประปาหมู่บ้าน",
    "ศูนย์พัฒนาเด็กเล็ก", "ไฟป่าและหมอกควัน",
)  # fmt: skip


@dataclass(slots=True)
class TrueLetter:
    """A letter as it is, before any damage; ``documents`` are the scans of it that the archive holds."""

    register: Register
    day: str
    running: int
    subject: str
    bundle: int = -1
    ordinal: int = 0
    documents: tuple[str, ...] = ()
    twin: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticArchive:
    """Letters, references, and for each reference the documents that it means (none: not held).

    ``has_twin`` says of each reference that another letter bears the identity of the one it means.
    """

    letters: list[ArchivedLetter]
    references: list[ArchivedReference]
    meant: list[tuple[str, ...]]
    has_twin: list[bool]


def synthetic_archive(size: int, seed: int = 1, crowding: int = 1) -> SyntheticArchive:
    """An archive of ``size`` letters and three times as many references; see :func:`registers`."""
    chance = Random(seed)
    books, shares = registers(chance, crowding)
    true_letters = _letters_held(size, books, shares, chance)
    _bind(true_letters, chance)
    made = SyntheticArchive([], [], [], [])
    for letter in true_letters:
        _scan(letter, made, chance)
    _cite(true_letters, books, shares, made, chance)
    order = list(range(len(made.letters)))
    chance.shuffle(order)
    made.letters[:] = [made.letters[index] for index in order]
    return made


def _letters_held(size: int, books: list[Register], shares: list[float], chance: Random) -> list[TrueLetter]:
    """Letters of distinct identity but for the twins, oldest first."""
    found: dict[tuple[int, int, int], TrueLetter] = {}
    picks = chance.choices(range(len(books)), shares, k=int(size * 1.6))
    for book in picks:
        year, running = chance.choice(_YEARS), chance.randint(1, books[book].yearly)
        if (book, year, running) not in found:
            found[book, year, running] = _written(books[book], year, running, chance)
            if chance.random() < SIBLINGS and (book, year, running + 1) not in found:
                sibling = _written(books[book], year, running + 1, chance)
                found[book, year, running + 1] = sibling
                sibling.day, sibling.subject = (
                    found[book, year, running].day,
                    found[book, year, running].subject,
                )
            if len(found) >= size * (1 - TWINS - COPIES):
                break
    letters = list(found.values())
    for letter in chance.sample(letters, int(size * TWINS)):
        letter.twin = True
        letters.append(TrueLetter(letter.register, letter.day, letter.running, _subject(chance), twin=True))
    return sorted(
        letters, key=lambda letter: (letter.day, letter.register.code, letter.running, letter.subject)
    )


def _written(register: Register, year: int, running: int, chance: Random) -> TrueLetter:
    """The letter of that number: registers give out numbers in order of time."""
    day = date(year, 1, 2) + timedelta(days=int((running - 1) / register.yearly * 360))
    return TrueLetter(register, day.isoformat(), running, _subject(chance))


def _subject(chance: Random) -> str:
    year = to_thai(str(chance.randint(2551, 2565)))
    place = to_thai(str(chance.randint(1, 900)))
    return f"{chance.choice(_VERBS)}{chance.choice(_THINGS)} ประจำปี {year} กลุ่มที่ {place}"


def _bind(letters: list[TrueLetter], chance: Random) -> None:
    """Put the letters into bundles of one to six, from young to old; most of a bundle share a subject."""
    start = bundle = 0
    while start < len(letters):
        size = chance.choices((1, 2, 3, 4, 5, 6), (40, 15, 15, 12, 10, 8))[0]
        members = letters[start : start + size][::-1]
        if start and chance.random() < 0.5:
            members[0].subject = letters[max(0, start - chance.randint(1, 400))].subject
        for ordinal, letter in enumerate(members, 1):
            letter.bundle, letter.ordinal = bundle, ordinal
            if ordinal > 1 and chance.random() < 0.7:
                letter.subject = members[0].subject
        start, bundle = start + size, bundle + 1


def _scan(letter: TrueLetter, made: SyntheticArchive, chance: Random) -> None:
    """Enter the letter as read, and now and then a second scan of it in a bundle of its own."""
    places = [(f"bundle-{letter.bundle}", letter.ordinal)]
    if chance.random() < COPIES:
        places.append((f"copy-{letter.bundle}-{letter.ordinal}", 1))
    for place in places:
        document_id = f"{place[0]}-{place[1]}"
        letter.documents += (document_id,)
        read, office = read_number(letter.register, letter.running, chance), letter.register.office
        made.letters.append(
            ArchivedLetter(
                document_id, place, read.number, read.code, letter.register.circular, read.running,
                damaged_date(letter.day, chance), office, office, None, letter.subject, read.alternatives,
            )
        )  # fmt: skip


# ---------------------------------------------------------------------- references


def _cite(
    letters: list[TrueLetter],
    books: list[Register],
    shares: list[float],
    made: SyntheticArchive,
    chance: Random,
) -> None:
    """Three references for each letter."""
    held = {(letter.register, letter.day[:4], letter.running) for letter in letters}
    by_office: dict[str, list[int]] = {}
    by_subject: dict[str, list[int]] = {}
    for index, letter in enumerate(letters):
        by_office.setdefault(letter.register.office, []).append(index)
        by_subject.setdefault(letter.subject, []).append(index)
    strangers = iter(chance.choices(books, shares, k=REFERENCES * len(letters)))
    for index, letter in enumerate(letters):
        following = index - 1 if index and letters[index - 1].bundle == letter.bundle else None
        for position in range(1, REFERENCES + 1):
            relation = Relation.ENCLOSES if position == 1 and following is not None else Relation.REFERS_TO
            if relation is Relation.ENCLOSES and following is not None:
                target = letters[following]
            else:
                target = _older(index, letters, by_office, by_subject, chance)
                while target is None:
                    absent = _absent(letter, next(strangers), chance)
                    identity = absent.register, absent.day[:4], absent.running
                    target = absent if identity not in held else None
            _enter(letter, target, relation, position, made, chance)


def _older(
    index: int,
    letters: list[TrueLetter],
    by_office: dict[str, list[int]],
    by_subject: dict[str, list[int]],
    chance: Random,
) -> TrueLetter | None:
    """An older letter that the archive holds, or None for one that it does not."""
    if index == 0 or chance.random() < NOT_HELD:
        return None
    letter = letters[index]
    if chance.random() < IN_BUNDLE and index > 1 and letters[index - 2].bundle == letter.bundle:
        return letters[index - 2]
    for share, others in (
        (SAME_MATTER, by_subject[letter.subject]),
        (SAME_OFFICE, by_office[letter.register.office]),
    ):
        earlier = bisect_left(others, index)
        if earlier and chance.random() < share:
            return letters[others[chance.randrange(earlier)]]
    return letters[chance.randrange(index)]


def _absent(letter: TrueLetter, stranger: Register, chance: Random) -> TrueLetter:
    """An older letter that the archive does not hold; half of them from the citing register."""
    register = letter.register if chance.random() < SAME_OFFICE else stranger
    year = chance.randint(_YEARS.start, int(letter.day[:4]))
    latest = register.yearly if year < int(letter.day[:4]) else max(1, register.yearly // 4)
    absent = _written(register, year, chance.randint(1, latest), chance)
    return absent if absent.day <= letter.day else _written(register, year - 1, absent.running, chance)


def _enter(
    letter: TrueLetter,
    target: TrueLetter,
    relation: Relation,
    position: int,
    made: SyntheticArchive,
    chance: Random,
) -> None:
    """Enter a reference as read from the first scan of ``letter``."""
    read = read_number(target.register, target.running, chance)
    day = None if chance.random() < UNDATED else damaged_date(target.day, chance)
    made.references.append(
        ArchivedReference(
            f"{letter.documents[0]}-{position}", letter.documents[0],
            (f"bundle-{letter.bundle}", letter.ordinal),
            position, relation, f"หนังสือ{target.register.office} ที่ {to_thai(read.number)}",
            target.register.office if chance.random() < SENDER_NAMED else None,
            target.subject if chance.random() < SUBJECT_NAMED else None,
            read.number, read.code, target.register.circular, read.running, day, "letter", read.alternatives,
        )
    )  # fmt: skip
    made.meant.append(target.documents)
    made.has_twin.append(target.twin)
