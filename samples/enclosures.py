"""Invented minutes and attachments."""

from __future__ import annotations

import random

from samples.compose import Topic, person
from samples.content import AttachmentContent, LetterDate, MinutesContent, Typeface, Writing
from samples.vocabulary import table
from samples.writing import digits, write_date


def random_minutes(
    topic: Topic, typeface: Typeface, writing: Writing, chance: random.Random
) -> MinutesContent:
    """An extract of minutes about the topic."""
    words = {"matter": topic.matter, "share": chance.randint(61, 99)}
    meeting = f"ครั้งที่ {chance.randint(1, 12)}/{topic.year}"
    held = write_date(LetterDate(topic.year, chance.randint(1, 12), chance.randint(1, 28)), writing)
    phrases = chance.sample(table("phrases")["minutes"], chance.randint(2, 3))
    agenda = f"วาระที่ {chance.randint(2, 9)} เรื่อง {topic.subject(chance)}"
    return MinutesContent(
        head=(
            chance.choice(("มติการประชุม", "สรุปมติที่ประชุม", "รายงานการประชุม")),
            f"คณะกรรมการขับเคลื่อน{topic.matter}",
            digits(f"{meeting} เมื่อวันที่ {held}", writing.thai_digits),
        ),
        paragraphs=tuple(digits(text.format(**words), writing.thai_digits) for text in (agenda, *phrases)),
        signers=((person(chance), ("กรรมการและเลขานุการ",)),),
        typeface=typeface,
    )


def random_attachment(
    topic: Topic, typeface: Typeface, writing: Writing, chance: random.Random
) -> AttachmentContent:
    """Guidelines in numbered points."""
    tasks = chance.sample(topic.entry["tasks"], len(topic.entry["tasks"]))
    points = [f"{place}. {task}" for place, task in enumerate(tasks, start=1)]
    head = (f"แนวทางปฏิบัติ{topic.matter}", digits(f"ประจำปี {topic.year}", writing.thai_digits))
    return AttachmentContent(head, tuple(digits(text, writing.thai_digits) for text in points), typeface)
