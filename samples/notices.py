"""Wording of invented memos (บันทึกข้อความ) and announcements (ประกาศ)."""

from __future__ import annotations

import random
from dataclasses import replace

from pipeline.model import LetterForm
from samples.compose import Topic, cite, person, random_typeface, random_writing
from samples.content import LetterContent, LetterDate, ValueHand
from samples.links import Link
from samples.offices import Office
from samples.vocabulary import table
from samples.writing import digits


def _date(topic: Topic, chance: random.Random) -> LetterDate:
    return LetterDate(topic.year, chance.randint(1, 12), chance.randint(1, 28))


def compose_memo(link: Link, topic: Topic, chance: random.Random) -> LetterContent:
    """A memo from a section of an office to its head, often about a letter that came or went."""
    office, writing, phrases = link.office, random_writing(chance), table("phrases")
    cited = cite(office, link.urgency, link.number, link.date, writing)
    words = {"office": office.unit[0], "matter": topic.matter, "cited": cited}
    tasks = [f"{place}. {task}" for place, task in enumerate(chance.sample(topic.entry["tasks"], 2), start=1)]
    texts = (chance.choice(phrases["memo_openings"]), *tasks, chance.choice(phrases["memo_closings"]))
    return LetterContent(
        form=LetterForm.MEMO,
        number=replace(office.number(chance), circular=False),
        date=_date(topic, chance),
        office=(digits(f"{office.unit[0]} {office.unit[-1]}", writing.thai_digits),),
        recipient=office.positions[-1][-1],
        subject=digits(topic.subject(chance), writing.thai_digits),
        paragraphs=tuple(digits(text.format(**words), writing.thai_digits) for text in texts),
        urgency=chance.choice((None, None, None, "ด่วน", "ด่วนที่สุด")),
        signer=person(chance),
        position=(chance.choice(phrases["memo_writers"]),),
        number_hand=chance.choice((ValueHand.PRINT, ValueHand.PEN)),
        day_hand=chance.choice((ValueHand.PRINT, ValueHand.PEN)),
        writing=writing,
        typeface=random_typeface(chance),
    )


def compose_announcement(office: Office, topic: Topic, chance: random.Random) -> LetterContent:
    """An announcement in the name of the district or province; it has no number."""
    writing, phrases = random_writing(chance), table("phrases")
    words = {"office": office.cited_as, "matter": topic.matter}
    tasks = [f"{place}. {task}" for place, task in enumerate(chance.sample(topic.entry["tasks"], 3), start=1)]
    texts = (*phrases["announcement"], *tasks, *phrases["announcement_end"])
    return LetterContent(
        form=LetterForm.ANNOUNCEMENT,
        number=None,
        date=_date(topic, chance),
        office=(office.cited_as,),
        recipient=None,
        subject=digits(topic.subject(chance), writing.thai_digits),
        paragraphs=tuple(digits(text.format(**words), writing.thai_digits) for text in texts),
        signer=person(chance),
        position=(office.positions[-1][-1],),
        writing=writing,
        typeface=random_typeface(chance),
    )
