"""Invented bundles: a chain of letters in which each office forwards what it got, and what they enclose."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from pipeline.model import LetterForm
from samples.compose import Topic, compose_letter, random_typeface, random_writing
from samples.content import BundleContent, DocumentContent, LetterContent, LetterDate, ValueHand
from samples.enclosures import random_attachment, random_minutes
from samples.links import Link
from samples.notices import compose_announcement, compose_memo
from samples.offices import (
    Office,
    agency_office,
    department_office,
    district_office,
    local_office,
    province_office,
)
from samples.random_plan import random_plan
from samples.vocabulary import table

# Two letters in three print their number and day; the others have them put in when signed.
_HANDS = (*[ValueHand.PRINT] * 6, ValueHand.PEN, ValueHand.PEN, ValueHand.STAMP)


def random_bundle(seed: int) -> BundleContent:
    """A bundle as chance has it: 3 to 7 letters, and often minutes, an attachment or a plan.

    The same ``seed`` gives the same bundle. Names of people and what offices write are invented.
    """
    chance = random.Random(seed)
    province = chance.choice(table("provinces"))
    topic = Topic(chance.choice(table("topics")), chance.randint(2561, 2568))
    offices = _offices(province, topic, chance)
    links = _links(offices, topic, chance)
    documents: list[DocumentContent] = [
        compose_letter(links, index, topic, chance) for index in range(len(links))
    ]
    documents = [_variant(document, index, chance) for index, document in enumerate(documents)]
    documents += _tail(province, links[0], topic, chance)
    return BundleContent(f"bundle-{seed:05d}.pdf", tuple(documents))


def _offices(province: dict[str, Any], topic: Topic, chance: random.Random) -> list[Office]:
    """Newest first: district, province, department, agency, and the agency's older letters."""
    agency = agency_office(topic.entry["agencies"], chance)
    chain = [province_office(province, chance), department_office(topic.entry["departments"], chance), agency]
    if chance.random() < 0.8:
        below = local_office if chance.random() < 0.25 else district_office
        chain.insert(0, below(province, chance))
    older = chance.choice((0, 0, 1, 1, 2, 3))
    return [*chain, *[agency] * older]


def _links(offices: list[Office], topic: Topic, chance: random.Random) -> list[Link]:
    """Numbers and dates, each letter some days after the one it forwards."""
    day = 365 * (topic.year - 1) + chance.randint(20, 330)
    subject = topic.shared_subject(chance)
    links: list[Link] = []
    for index, office in enumerate(offices):
        urgency = chance.choice((None, None, None, "ด่วน", "ด่วนมาก", "ด่วนที่สุด", "ด่วนที่สุด"))
        number = office.number(chance)
        while any(number.canonical == link.number.canonical for link in links):
            number = office.number(chance)
        links.append(Link(office, number, _date_of(day), urgency, subject))
        same_office = index + 1 < len(offices) and offices[index + 1] is office
        day -= chance.randint(60, 250) if same_office else chance.randint(2, 21)
        # An office that forwards a letter mostly keeps its subject; an older letter has its own.
        if same_office or chance.random() < 0.25:
            subject = topic.shared_subject(chance)
    return links


def _date_of(day: int) -> LetterDate:
    """The date of day ``day`` of a calendar of 365-day years; day 29 of any February is left out."""
    lengths = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    year, left = divmod(day, 365)
    month = 0
    while left >= lengths[month]:
        left -= lengths[month]
        month += 1
    return LetterDate(year + 1, month + 1, left + 1)


def _variant(document: DocumentContent, index: int, chance: random.Random) -> DocumentContent:
    """Now and then a day left blank, and numbers and days written in by hand."""
    if not isinstance(document, LetterContent) or document.date is None:
        return document
    changed = replace(
        document,
        number_hand=chance.choice(_HANDS),
        day_hand=chance.choice(_HANDS) if document.form is LetterForm.EXTERNAL else ValueHand.PRINT,
    )
    if changed.form is LetterForm.EXTERNAL and index > 0 and chance.random() < 0.06:
        changed = replace(changed, date=replace(document.date, day=None), day_hand=ValueHand.PRINT)
    return changed


def _tail(
    province: dict[str, Any], newest: Link, topic: Topic, chance: random.Random
) -> list[DocumentContent]:
    """What lies behind the letters."""
    documents: list[DocumentContent] = []
    if chance.random() < 0.15:
        documents.append(compose_memo(newest, topic, chance))
    if chance.random() < 0.15:
        documents.append(compose_announcement(newest.office, topic, chance))
    if chance.random() < 0.45:
        documents.append(random_minutes(topic, random_typeface(chance), random_writing(chance), chance))
    if chance.random() < 0.25:
        documents.append(random_attachment(topic, random_typeface(chance), random_writing(chance), chance))
    if chance.random() < 0.75:
        documents.append(random_plan(province, topic, chance))
    return documents
