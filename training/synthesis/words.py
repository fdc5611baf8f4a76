"""Words, names and running text of official Thai, with numbers between them."""

from __future__ import annotations

import re
from random import Random

from training.synthesis import numbers
from training.synthesis.latin import english_word
from training.synthesis.vocabulary import vocabulary


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
        return f" {clause(random) if random.random() < 0.6 else a_number(random)} "
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


def a_number(random: Random) -> str:
    """A number of any kind, or a phrase around one."""
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
