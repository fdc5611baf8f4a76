"""Latin text in Thai letters: English words, addresses of web and mail."""

from __future__ import annotations

import string
from random import Random

from training.synthesis import numbers
from training.synthesis.vocabulary import vocabulary

_DOMAINS = ("go.th", "com", "ac.th", "or.th", "gmail.com", "hotmail.com", "moi.go.th", "mail.go.th")


def english_word(random: Random) -> str:
    """An English word of Thai texts, or letters in no order, in small letters or capitals."""
    if random.random() < 0.65:
        text = vocabulary().english.draw(random)
    else:
        text = "".join(random.choices(string.ascii_lowercase, k=random.choice((1, 2, 3, 3, 4, 5, 6, 8))))
    return random.choice((text, text, text.title(), text.upper()))


def mail(random: Random) -> str:
    user = english_word(random) + random.choice(("", "_", ".", "-", "")) + _tail(random)
    lead = random.choice(("", "", "E-mail : ", "e-mail: ", "Email : ", "ไปรษณีย์อิเล็กทรอนิกส์ "))
    return f"{lead}{user.lower()}@{random.choice(_DOMAINS)}"


def _web(random: Random) -> str:
    path = "".join("/" + english_word(random) + _tail(random) for _ in range(random.randint(0, 3)))
    start = random.choice(("http://", "https://", "")) + random.choice(("www.", ""))
    return f"{start}{english_word(random).lower()}.{random.choice(_DOMAINS)}{path}"


def _tail(random: Random) -> str:
    return random.choice(("", "", numbers.digits(random, random.randint(1, 4)), english_word(random)))


def english(random: Random) -> str:
    """English words, addresses of web and mail."""
    way = random.random()
    if way < 0.25:
        return mail(random)
    if way < 0.45:
        return _web(random)
    words = " ".join(english_word(random) for _ in range(random.randint(1, 7)))
    return random.choice(
        (words, words, f"({words})", f'"{words}"', f"{words}.", f"{words}, {english_word(random)}")
    )
