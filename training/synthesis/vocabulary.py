"""Thai words, names and phrases to write lines with: PyThaiNLP's bundled corpora and our own lists."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random

from training.synthesis.alphabet import RARE, canonical

PHRASES = Path(__file__).with_name("phrases")
_THAI = frozenset(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4E)))
_FLATTEN = 0.6  # frequencies to this power: common words stay common, the tail is seen too


@dataclass(frozen=True, slots=True)
class WeightedWords:
    """Words drawn by weight."""

    words: tuple[str, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def of(cls, counts: dict[str, float]) -> WeightedWords:
        words = tuple(sorted(counts))
        return cls(words, tuple(accumulate(counts[word] for word in words)))

    def draw(self, random: Random) -> str:
        return self.words[bisect(self.cumulative, random.random() * self.cumulative[-1])]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All word lists; every text in them is canonical."""

    running: WeightedWords
    english: WeightedWords
    rare: dict[str, tuple[str, ...]]
    syllables: tuple[str, ...]
    first_names: tuple[str, ...]
    family_names: tuple[str, ...]
    provinces: tuple[str, ...]
    official: tuple[str, ...]
    abbreviations: tuple[str, ...]
    clauses: tuple[str, ...]


def _thai(words: Iterable[str], longest: int = 24) -> tuple[str, ...]:
    kept = {canonical(word) for word in words if 0 < len(word) <= longest and set(word) <= _THAI}
    return tuple(sorted(kept))


def _read(name: str) -> tuple[str, ...]:
    lines = (PHRASES / name).read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(canonical(line) for line in lines if line.strip()))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Load everything once (about two seconds)."""
    from pythainlp import corpus
    from pythainlp.corpus import common, tnc, ttc

    official = _read("official.txt")
    profanity = common.thai_profanity_words()
    counts: dict[str, float] = {}
    english: dict[str, float] = {}
    for word, count in (*tnc.word_freqs(), *ttc.word_freqs()):
        if word.isascii() and word.isalpha() and count >= 2:
            english[word] = float(count) ** _FLATTEN
        if set(word) <= _THAI and 2 <= len(word) <= 24 and word not in profanity and count >= 3:
            key = canonical(word)
            counts[key] = counts.get(key, 0.0) + float(count) ** _FLATTEN
    known = sorted(
        {*_thai(corpus.thai_words()), *_thai(corpus.thai_orst_words()), *counts, *_thai(official)} - profanity
    )
    rare = {sign: tuple(word for word in known if sign in word) for sign in RARE}
    names: tuple[str, ...] = (*corpus.thai_male_names(), *corpus.thai_female_names())
    return Vocabulary(
        running=WeightedWords.of(counts),
        english=WeightedWords.of(english),
        rare={sign: words for sign, words in rare.items() if words},
        syllables=_thai(corpus.thai_syllables(), 8),
        first_names=_thai(names),
        family_names=_thai(corpus.thai_family_names()),
        provinces=_thai(str(name) for name in corpus.provinces()),
        official=official,
        abbreviations=_read("abbreviations.txt"),
        clauses=_read("clauses.txt"),
    )
