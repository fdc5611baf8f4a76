"""Doubtful letters settled by the words of the language, as a reader does.

Faxed ด, ต and ค look alike; of ``อัดรา`` and ``อัตรา`` only one is a word. Every run of Thai letters
with a doubtful character is read again as the cheapest chain of dictionary words and unknown
letters, where choosing another reading of a character costs the more the less likely it is
(Viterbi search over a word lattice). In some faces and most faxes nothing is left of what tells such
letters apart, and the recogniser is sure of the wrong one: so a letter may always be its twin, at a price.
What the price is, says the page: where ``ดำบล`` and ``มาดรา`` had to be settled, ``ด่าง`` may well be ``ต่าง``.
Digits are never touched: no dictionary knows a number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex
from pythainlp.corpus import thai_words, tnc

from pipeline.model import Character, Line
from pipeline.thai import agencies, departments, province_names, terms

_THAI_RUN = regex.compile(r"[ก-ฺเ-๎]+")
"""Letters, vowels and marks, without digits: ``อัตรา``."""

_DOUBTFUL = 0.99
_LEAST_LIKELY = 0.01

_Twins = Mapping[tuple[str, str], float]
"""How likely a letter, whatever the recogniser says, is another one: ``("ด", "ต")`` is ต read as ด."""

_TWINS: _Twins = {
    (one, other): 0.008
    for group in ("ดตค", "ชซ", "ฎฏ", "ทห", "บป", "ผฝ", "พฟ")
    for one in group
    for other in group
    if one != other
}
_SEEN = 10
"""So many letters of a page say as much of its print as what is known of all prints."""

_MOST_LIKELY = 0.5

_FEWEST_LETTERS = 4
"""Only runs of so many letters and marks have twins: ``มท`` and ``อบต`` are codes and no words."""

_UNKNOWN_LETTER = 1.7
_WORD = 1.0
_RARITY = 0.35
"""Costs, in nats: of a letter in no word, of a word, and of each factor e by which a word is rarer than
the most frequent one."""

_EVIDENCE = 0.8
"""How much of the recogniser's own log odds counts."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    costs: dict[str, float]
    prefixes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Chain:
    """The cheapest way to read the first letters of a run: its cost, and the text chosen at each place."""

    cost: float
    chosen: tuple[str, ...]


def settle(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` of one page with doubtful Thai letters chosen so that they make words, the rest as it was."""
    settled = tuple(_settled(line, _TWINS) for line in lines)
    if settled == tuple(lines):
        return settled
    twins = _of_this_print(lines, settled)
    return tuple(_settled(line, twins) for line in lines)


def _of_this_print(lines: Sequence[Line], settled: Sequence[Line]) -> _Twins:
    """How likely twins are read for each other, judged by what had to be settled on this page."""
    read: Counter[str] = Counter()
    mistaken: Counter[tuple[str, str]] = Counter()
    for before, after in zip(lines, settled, strict=True):
        if len(before.characters) == len(after.characters):
            pairs = [(a.text, b.text) for a, b in zip(before.characters, after.characters, strict=True)]
            read.update(text for text, _ in pairs)
            mistaken.update(pairs)
    return {
        (one, other): min((mistaken[one, other] + likely * _SEEN) / (read[one] + _SEEN), _MOST_LIKELY)
        for (one, other), likely in _TWINS.items()
    }


def _settled(line: Line, twins: _Twins) -> Line:
    characters = list(line.characters)
    text = "".join(character.text for character in characters)
    if len(text) != len(characters):
        return line
    for run in _THAI_RUN.finditer(text):
        own = characters[run.start() : run.end()]
        readings = [_readings(character, twins if len(own) >= _FEWEST_LETTERS else {}) for character in own]
        if any(len(choice) > 1 for choice in readings):
            for offset, chosen in enumerate(_cheapest(readings)):
                place = run.start() + offset
                characters[place] = _chosen(characters[place], chosen)
    if characters == list(line.characters):
        return line
    kept = tuple(character for character in characters if character.text)
    return replace(line, characters=kept, text="".join(character.text for character in kept))


def _readings(character: Character, twins: _Twins) -> list[tuple[str, float]]:
    """(text, cost) of each reading that may be chosen, the recogniser's own first and for nothing."""
    likely = {other: share for (one, other), share in twins.items() if one == character.text}
    if character.confidence < _DOUBTFUL:
        for text, probability in character.alternatives:
            if probability >= _LEAST_LIKELY and _THAI_RUN.fullmatch(text):
                likely[text] = max(probability, likely.get(text, 0.0))
    own = max(character.confidence, _LEAST_LIKELY)
    costs = {text: _EVIDENCE * max(math.log(own / chance), 0.0) for text, chance in likely.items()}
    return [(character.text, 0.0), *costs.items()]


def _cheapest(readings: list[list[tuple[str, float]]]) -> tuple[str, ...]:
    """The text to choose at each place of a run, of whose characters these are the readings."""
    chains: list[_Chain | None] = [_Chain(0.0, ()), *[None] * len(readings)]
    for start in range(len(readings)):
        chain = chains[start]
        assert chain is not None  # a single unknown letter always leads on
        unknown = _Chain(chain.cost + _UNKNOWN_LETTER, (*chain.chosen, readings[start][0][0]))
        _keep(chains, start + 1, unknown)
        for end, cost, chosen in _words(readings, start):
            _keep(chains, end, _Chain(chain.cost + cost, chain.chosen + chosen))
    last = chains[-1]
    assert last is not None
    return last.chosen


def _keep(chains: list[_Chain | None], end: int, chain: _Chain) -> None:
    known = chains[end]
    if known is None or chain.cost < known.cost:
        chains[end] = chain


def _words(readings: list[list[tuple[str, float]]], start: int) -> list[tuple[int, float, tuple[str, ...]]]:
    """(end, cost, texts) of every dictionary word that can be read from ``start`` on."""
    lexicon = _lexicon()
    found = []
    beginnings: list[tuple[str, float, tuple[str, ...]]] = [("", 0.0, ())]
    for end in range(start, len(readings)):
        beginnings = [
            (begun + text, cost + more, (*chosen, text))
            for begun, cost, chosen in beginnings
            for text, more in readings[end]
            if begun + text in lexicon.prefixes
        ]
        if not beginnings:
            break
        for begun, cost, chosen in beginnings:
            if begun in lexicon.costs:
                found.append((end + 1, cost + lexicon.costs[begun], chosen))
    return found


def _chosen(character: Character, text: str) -> Character:
    """``character`` read as ``text``; what it was is kept among the alternatives."""
    if text == character.text:
        return character
    others = [(character.text, character.confidence)]
    others += [other for other in character.alternatives if other[0] != text]
    # The words speak for the choice, the ink against it: it is never surer than an even bet allows.
    share = dict(character.alternatives).get(text, 0.0)
    return replace(character, text=text, confidence=max(share, 0.5), alternatives=tuple(others))


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    counts = {word: count for word, count in tnc.unigram_word_freqs().items() if count > 0}
    most = math.log(max(counts.values()))
    words = {word for word in thai_words() | _official_words() if _THAI_RUN.fullmatch(word)}
    costs = {word: _WORD + _RARITY * (most - math.log(counts.get(word, 1))) for word in words}
    prefixes = frozenset(word[:length] for word in words for length in range(1, len(word) + 1))
    return _Lexicon(costs, prefixes)


def _official_words() -> set[str]:
    """Names and abbreviations of offices, and the words of letter heads."""
    names = {name for agency in agencies() for name in (agency.letters, agency.name, *agency.aliases)}
    names |= {name for department in departments() for name in (department.name, *department.aliases)}
    names |= {*province_names(), *terms("urgency"), *terms("secrecy"), *terms("label")}
    return {part for name in names for part in regex.split(r"[^ก-ฺเ-๎]+", name) if part}
