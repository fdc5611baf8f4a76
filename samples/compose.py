"""Wording of invented letters: subjects, paragraphs, lists of references."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.model import LetterForm
from samples.compose_stamps import pen_notes, receive_stamps
from samples.content import (
    CitedLetter,
    LetterContent,
    LetterDate,
    ListItem,
    NumberParts,
    Typeface,
    Writing,
)
from samples.faces import LETTER_FAMILIES
from samples.links import Link
from samples.offices import Office
from samples.vocabulary import table
from samples.writing import CITED_DATE_FORMS, digits, write_cited_date, write_number


@dataclass(frozen=True, slots=True)
class Topic:
    """What a bundle is about, and the Buddhist year in which it was written."""

    entry: dict[str, Any]
    year: int

    def subject(self, chance: random.Random) -> str:
        text: str = chance.choice(self.entry["subject"])
        return text.format(year=self.year)

    def shared_subject(self, chance: random.Random) -> str:
        """A subject that offices pass on with the letter, now and then a long one."""
        long = " ขององค์กรปกครองส่วนท้องถิ่นในพื้นที่ ตามนโยบายของรัฐบาล ประจำปีงบประมาณ พ.ศ. {year}"
        subject = self.subject(chance)
        lengthen = chance.random() < 0.4 and str(self.year) not in subject and len(subject) < 75
        return subject + long.format(year=self.year) if lengthen else subject

    @property
    def matter(self) -> str:
        return str(self.entry["matter"])


def random_writing(chance: random.Random) -> Writing:
    """Mostly Thai digits, and any of the ways in which offices space their numbers."""
    return Writing(
        thai_digits=chance.random() < 0.75,
        space_after_letters=chance.random() < 0.85,
        stroke=chance.choice(("/", "/", "/", "/", " /", "/ ")),
        circular_mark=chance.choice(("ว ", "ว ", "ว ", "ว", "ว.", "ว. ")),
        cited_date=chance.choice((*["full"] * 5, *CITED_DATE_FORMS)),
    )


def random_typeface(chance: random.Random) -> Typeface:
    """Laksaman, the kin of TH Sarabun, half the time."""
    family = "Laksaman" if chance.random() < 0.5 else chance.choice(LETTER_FAMILIES)
    body = chance.uniform(5.4, 6.3)
    return Typeface(
        family,
        round(body, 2),
        round(body * chance.uniform(3.0, 3.4), 2),
        chance.choice(("none", "spaces", "clusters", "clusters")),
    )


def person(chance: random.Random) -> str:
    """An invented name with its title."""
    names = table("people")
    title, given, family = (chance.choice(names[part]) for part in ("titles", "given_names", "family_names"))
    return f"{title}{given} {family}"


def compose_letter(links: Sequence[Link], index: int, topic: Topic, chance: random.Random) -> LetterContent:
    """Letter ``index`` of the chain: it forwards, or refers to, the one after it."""
    link, writing = links[index], random_writing(chance)
    blank = LetterContent(
        form=LetterForm.EXTERNAL,
        number=link.number,
        date=link.date,
        office=link.office.head,
        address=tuple(digits(line, writing.thai_digits) for line in link.office.address),
        recipient=_recipient(links, index, chance),
        subject=None,
        paragraphs=(),
        unit=tuple(digits(line, writing.thai_digits) for line in link.office.unit),
        stamps=receive_stamps(links, index, chance),
        writing=writing,
        typeface=random_typeface(chance),
    )
    if index and _forwards(links, index) and chance.random() < 0.12:
        return _as_stamped(blank, links, index, topic)
    return _as_external(blank, links, index, topic, chance)


def _as_stamped(blank: LetterContent, links: Sequence[Link], index: int, topic: Topic) -> LetterContent:
    """A letter under a seal: no subject, no lists, no signer; it sends the next letter along."""
    words = {"office": links[index].office.cited_as, "matter": topic.matter}
    enclosed = _cite_link(links[index + 1], blank.writing)
    text = table("phrases")["stamped"].format(enclosed=enclosed, **words)
    return replace(
        blank,
        form=LetterForm.STAMPED,
        paragraphs=(digits(text, blank.writing.thai_digits),),
        cited_in_text=(_cited(links, index + 1),),
    )


def _as_external(
    blank: LetterContent, links: Sequence[Link], index: int, topic: Topic, chance: random.Random
) -> LetterContent:
    """A signed letter with its subject and its lists."""
    link, writing = links[index], blank.writing
    references = _references(links, index, writing, chance)
    return replace(
        blank,
        subject=digits(link.subject, writing.thai_digits),
        urgency=link.urgency,
        urgency_colour=chance.choice(("red", "red", "black")),
        references=references,
        enclosures=_enclosures(links, index, writing, chance),
        paragraphs=_text(links, index, topic, bool(references), writing, chance),
        signer=person(chance),
        position=chance.choice(link.office.positions),
        salutation="กราบเรียน" if chance.random() < 0.05 else "เรียน",
        secrecy="ลับ" if chance.random() < 0.03 else None,
        pen_notes=pen_notes(chance) if index and chance.random() < 0.3 else (),
        qr_code=chance.random() < 0.12,
    )


def _forwards(links: Sequence[Link], index: int) -> bool:
    """Whether letter ``index`` passes on the one after it, which another office wrote."""
    return index + 1 < len(links) and links[index + 1].office is not links[index].office


def _recipient(links: Sequence[Link], index: int, chance: random.Random) -> str:
    if index == 0 or links[index - 1].office is links[index].office:
        return _outside_recipient(links, index, chance)
    return chance.choice(links[index - 1].office.recipients)


def _outside_recipient(links: Sequence[Link], index: int, chance: random.Random) -> str:
    """Whom the newest letter goes to, and the agency's older letters went to."""
    if index:
        newest = next(place for place, link in enumerate(links) if link.office is links[index].office)
        return chance.choice(links[newest - 1].office.recipients)
    everyone = (
        "นายกเทศมนตรีตำบลทุกแห่ง และนายกองค์การบริหารส่วนตำบลทุกแห่ง",
        "นายกองค์การบริหารส่วนตำบล ทุกแห่ง",
        "กำนัน ผู้ใหญ่บ้าน และหัวหน้าส่วนราชการประจำอำเภอทุกส่วนราชการ",
    )
    heads = (
        "นายอำเภอทุกอำเภอ",
        "หัวหน้าส่วนราชการสังกัดราชการบริหารส่วนภูมิภาคทุกหน่วยงาน",
        "นายอำเภอ ทุกอำเภอ และนายกเทศมนตรีเมืองทุกแห่ง",
    )
    return chance.choice(heads if links[0].office.head[0].startswith("ศาลากลาง") else everyone)


# ---------------------------------------------------------------------- letters that it names


def _cited(links: Sequence[Link], index: int) -> CitedLetter:
    return CitedLetter(links[index].number, links[index].date, index)


def cite(office: Office, urgency: str | None, number: NumberParts, date: LetterDate, writing: Writing) -> str:
    """``หนังสือจังหวัดกระบี่ ด่วนที่สุด ที่ กบ ๐๐๒๓.๔/ว ๒๙๙๗ ลงวันที่ ๑๐ มิถุนายน ๒๕๖๓``."""
    speed = f" {urgency}" if urgency else ""
    return (
        f"หนังสือ{office.cited_as}{speed} ที่ {write_number(number, writing)} {write_cited_date(date, writing)}"
    )


def _cite_link(link: Link, writing: Writing) -> str:
    return cite(link.office, link.urgency, link.number, link.date, writing)


def _references(
    links: Sequence[Link], index: int, writing: Writing, chance: random.Random
) -> tuple[ListItem, ...]:
    """อ้างถึง: the office's own earlier letters, and the next of the chain where it is not enclosed."""
    items: list[ListItem] = []
    if index + 1 < len(links) and not _forwards(links, index):
        items.append(ListItem(_cite_link(links[index + 1], writing), None, (_cited(links, index + 1),)))
    if chance.random() < 0.12:
        items.append(ListItem(digits(chance.choice(table("phrases")["laws"]), writing.thai_digits)))
    more = chance.choice((0, 0, 1, 1, 2, 3)) - len(items)
    return (*items, *(_earlier(links[index], writing, chance) for _ in range(more)))


def _earlier(link: Link, writing: Writing, chance: random.Random) -> ListItem:
    """An earlier letter of the same office that the bundle does not hold, or two in one item."""
    numbers = [link.office.number(chance) for _ in range(1 if chance.random() < 0.8 else 2)]
    dates = [_before(link.date, chance) for _ in numbers]
    cited = tuple(CitedLetter(number, date) for number, date in zip(numbers, dates, strict=True))
    text = cite(link.office, chance.choice((None, None, "ด่วนที่สุด")), numbers[0], dates[0], writing)
    if len(numbers) == 2:
        text += f" และที่ {write_number(numbers[1], writing)} {write_cited_date(dates[1], writing)}"
    return ListItem(text, None, cited)


def _before(date: LetterDate, chance: random.Random) -> LetterDate:
    return LetterDate(date.year_be - chance.randint(1, 2), chance.randint(1, 12), chance.randint(1, 28))


def _enclosures(
    links: Sequence[Link], index: int, writing: Writing, chance: random.Random
) -> tuple[ListItem, ...]:
    """สิ่งที่ส่งมาด้วย: a copy of the letter that is passed on, and now and then a form."""
    forwards = _forwards(links, index)
    items: list[ListItem] = []
    if forwards:
        count = digits(f"จำนวน 1 {chance.choice(('ชุด', 'ฉบับ'))}", writing.thai_digits)
        quantity = count if chance.random() < 0.85 else None
        items.append(
            ListItem(f"สำเนา{_cite_link(links[index + 1], writing)}", quantity, (_cited(links, index + 1),))
        )
    if chance.random() < (0.35 if forwards else 0.25):
        form = chance.choice(
            ("แบบรายงานผลการดำเนินงาน", "แผนปฏิบัติการและบัญชีโครงการ", "คู่มือแนวทางการดำเนินงาน", "กำหนดการประชุมชี้แจง")
        )
        items.append(
            ListItem(
                form,
                digits(
                    f"จำนวน {chance.randint(1, 3)} {chance.choice(('ชุด', 'แผ่น', 'เล่ม'))}", writing.thai_digits
                ),
            )
        )
    return tuple(items)


# ---------------------------------------------------------------------- words


def _text(
    links: Sequence[Link],
    index: int,
    topic: Topic,
    refers: bool,
    writing: Writing,
    chance: random.Random,
) -> tuple[str, ...]:
    forwards = _forwards(links, index)
    phrases, office = table("phrases"), links[index].office.cited_as
    words = {
        "office": office,
        "agency": office,
        "matter": topic.matter,
        "enclosed": links[index + 1].office.cited_as if forwards else "",
        "deadline": f"{chance.randint(1, 28)} ธันวาคม {topic.year}",
    }
    opening = "openings_referring" if refers and chance.random() < 0.6 else "openings"
    paragraphs = [chance.choice(phrases[opening])]
    if forwards:
        paragraphs.append(chance.choice(phrases["forwarding"]))
    if not forwards or chance.random() < 0.5:
        paragraphs.append(chance.choice(phrases["asking"]))
        tasks = chance.sample(topic.entry["tasks"], chance.randint(2, 4))
        paragraphs += [f"{place}. {task}" for place, task in enumerate(tasks, start=1)]
    paragraphs += chance.sample(phrases["filler"], chance.choice((0, 1, 1, 2, 4)))
    paragraphs.append(chance.choice(phrases["closings"]))
    return tuple(digits(text.format(**words), writing.thai_digits) for text in paragraphs)
