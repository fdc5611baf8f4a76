"""Invented receive stamps and pen notes: what the office that got a letter put on it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.content import LetterDate, StampContent, ValueHand
from samples.links import Link
from samples.vocabulary import table
from samples.writing import digits, write_short_date


def receive_stamps(links: Sequence[Link], index: int, chance: random.Random) -> tuple[StampContent, ...]:
    """The stamps of the office that got the letter: that of its registry, then of a section."""
    if index == 0:
        return ()
    receiver = links[index - 1].office
    offices = [receiver.registry, receiver.unit[0]][: chance.choice((0, 1, 1, 2))]
    # A stamp at the left would lie over the urgency.
    left = "top_right" if links[index].urgency else "top_left"
    places = chance.choice((("top_right", "below_office"), ("top_right", "foot_right"), (left, "foot_right")))
    return tuple(
        _stamp(office, place, links[index].date, chance)
        for office, place in zip(offices, places, strict=False)
    )


def _stamp(office: str, place: str, written: LetterDate, chance: random.Random) -> StampContent:
    thai = chance.random() < 0.4
    day = min(28, (written.day or 1) + chance.randint(0, 4))
    received = write_short_date(LetterDate(written.year_be, written.month, max(day, written.day or 1)), thai)
    time = f"{chance.randint(8, 16)}.{chance.randint(0, 59):02d} น."
    return StampContent(
        office=office,
        number=digits(str(chance.randint(12, 60000)), thai),
        date=received,
        time=digits(time, thai) if chance.random() < 0.7 else None,
        colour=chance.choice(("blue", "blue", "red", "violet", "black")),
        hand=chance.choice((ValueHand.PEN, ValueHand.STAMP)),
        place=place,
        tilt=round(chance.gauss(0, 2.2), 2),
    )


def pen_notes(chance: random.Random) -> tuple[str, ...]:
    """What a clerk or a head writes on a letter that came in."""
    notes = table("phrases")["pen_notes"]
    return tuple(chance.sample(notes, chance.randint(1, 3)))
