"""Decoding a lattice, held against summing over every path of a small one."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lattice import best, between, decode, joined, of_text, score, weigh
from pipeline.model import Lattice

ALPHABET = ("", "๑", "๒", "ก")


def lattice_of(table: np.ndarray, kept: int | None = None) -> Lattice:
    """A lattice that keeps the ``kept`` best of each row of probabilities (T×symbols)."""
    kept = kept or table.shape[1]
    symbols = np.argsort(-table, axis=1, kind="stable")[:, :kept]
    scores = np.log(np.take_along_axis(table, symbols, axis=1))
    alphabet = (
        ALPHABET
        if table.shape[1] == len(ALPHABET)
        else tuple([""] + [chr(97 + i) for i in range(table.shape[1] - 1)])
    )
    return Lattice(symbols.astype(np.int16), scores.astype(np.float32), alphabet, x0=10.0, step=4.0)


def collapse(path: tuple[int, ...]) -> str:
    return "".join(ALPHABET[key] for key, _ in itertools.groupby(path))


def every_text(table: np.ndarray) -> dict[str, float]:
    """The probability of each text, by summing over all paths."""
    texts: dict[str, float] = {}
    for path in itertools.product(range(table.shape[1]), repeat=len(table)):
        chance = math.prod(table[step, symbol] for step, symbol in enumerate(path))
        texts[collapse(path)] = texts.get(collapse(path), 0.0) + chance
    return texts


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    steps = draw(st.integers(1, 5))
    weights = draw(
        st.lists(st.lists(st.integers(1, 200), min_size=4, max_size=4), min_size=steps, max_size=steps)
    )
    table = np.array(weights, dtype=float)
    return table / table.sum(axis=1, keepdims=True)


@given(tables())
def test_score_sums_all_paths(table: np.ndarray) -> None:
    truth = every_text(table)
    lattice = lattice_of(table)
    for text, chance in truth.items():
        assert math.exp(score(lattice, text)) == pytest.approx(chance, rel=1e-4)
    assert sum(math.exp(score(lattice, text)) for text in truth) == pytest.approx(1.0, rel=1e-4)


@given(tables())
def test_decoding_under_a_grammar_finds_what_matches_and_how_likely_it_is(table: np.ndarray) -> None:
    pattern = "[๑๒]{1,2}ก?"
    matching = {t: p for t, p in every_text(table).items() if re.fullmatch(pattern, t)}
    found = decode(lattice_of(table), pattern, beam=1000)
    assert {text for text, _ in found} == set(matching)
    assert found[0][0] == max(matching, key=lambda text: (round(matching[text], 9), text)) or math.isclose(
        matching[found[0][0]], max(matching.values()), rel_tol=1e-4
    )
    assert all(chance >= matching[text] * 0.999 for text, chance in found)
    assert sum(chance for _, chance in found) <= 1.0 + 1e-9


@given(tables())
def test_best_is_the_likeliest_path(table: np.ndarray) -> None:
    assert best(lattice_of(table)) == collapse(tuple(table.argmax(axis=1).tolist()))


@given(tables(), st.text(alphabet="๑๒ก", max_size=4))
def test_what_a_lattice_does_not_keep_still_has_a_finite_share(table: np.ndarray, text: str) -> None:
    whole, cut = lattice_of(table), lattice_of(table, kept=2)
    assert score(cut, text) <= 1e-6
    if score(whole, text) == -math.inf:
        assert score(cut, text) == -math.inf


def test_a_page_that_looks_otherwise_gives_a_low_probability() -> None:
    sure_of_letters = np.full((3, 4), 0.001)
    sure_of_letters[[0, 2], 3] = 0.997
    sure_of_letters[1, 0] = 0.997
    ((text, chance), *_) = decode(lattice_of(sure_of_letters), "[๑๒]+")
    assert text in {"๑", "๒", "๑๒", "๒๑"}
    assert chance < 0.01


def test_no_match_in_sight_gives_nothing() -> None:
    only_letters = np.full((3, 4), 1e-7)
    only_letters[:, 3] = 1 - 3e-7
    assert decode(lattice_of(only_letters), "[๑๒]+") == ()


def test_an_unknown_character_scores_minus_infinity() -> None:
    assert score(lattice_of(np.full((4, 4), 0.25)), "x") == -math.inf


def test_between_cuts_by_the_page() -> None:
    table = np.full((6, 4), 0.1)
    table[np.arange(6), [1, 0, 2, 0, 3, 0]] = 0.7
    lattice = lattice_of(table)
    assert best(lattice) == "๑๒ก"
    part = between(lattice, 16.0, 26.0)
    assert best(part) == "๒"
    assert part.x0 == 14.0 or part.x0 == 18.0
    assert best(between(lattice, 500.0, 600.0)) == ""


def test_an_empty_lattice_reads_as_nothing() -> None:
    empty = Lattice(np.zeros((0, 4), np.int16), np.zeros((0, 4), np.float32), ALPHABET, 0.0, 1.0)
    assert best(empty) == ""
    assert score(empty, "") == 0.0
    assert score(empty, "ก") == -math.inf
    assert decode(empty, "ก") == ()
    assert decode(empty, "ก?") == (("", 1.0),)


PARTS = (("1", "12", "21"), ("มีนา", "เมษา", "มิถุนา"), ("60", "61"))


def likeliest(text: str) -> list[tuple[str, float]]:
    weighed = weigh(of_text(text), PARTS)
    best_of = [max(zip(chances, words, strict=True)) for chances, words in zip(weighed, PARTS, strict=True)]
    return [(word, round(chance, 2)) for chance, word in best_of]


@pytest.mark.parametrize(
    "text", ["12มีนา61", "ทที12มีนา61งง", "12นีนา61", "12มีน61", "12มxีxนา61", "1x2มี61"], ids=str
)
def test_words_are_told_through_noise_and_damage(text: str) -> None:
    found = likeliest(text)
    assert [word for word, _ in found] == ["12", "มีนา", "61"]
    assert min(chance for _, chance in found) > 0.7


def test_words_that_nothing_tells_apart_are_alike() -> None:
    (_, (_, of_month), (_, of_year)) = likeliest("12มีนา6?")
    assert of_month > 0.9
    assert of_year == pytest.approx(0.5, abs=0.03)


def test_noise_spells_no_words() -> None:
    for part in weigh(of_text("ของถัดไป"), PARTS):
        assert sum(part) < 0.05


@given(tables())
def test_every_part_is_there_as_surely_as_the_others(table: np.ndarray) -> None:
    first, second = weigh(lattice_of(table), (("๑", "๒", "๑ก"), ("ก", "๒ก")))
    assert sum(first) == pytest.approx(sum(second))
    assert sum(first) <= 1.0 + 1e-9


def test_posteriors_sum_over_all_paths() -> None:
    table = np.array([[0.1, 0.6, 0.2, 0.1], [0.3, 0.1, 0.1, 0.5]])
    # One of two words of one character, then ก: with two steps, each is read at one of them.
    ((one, two), (last,)) = weigh(lattice_of(table), (("๑", "๒"), ("ก",)))
    noise = 0.1 * 0.3
    assert one == pytest.approx(0.6 / 2 * 0.5 / (0.6 / 2 * 0.5 + 0.2 / 2 * 0.5 + noise))
    assert (one / two, last) == (pytest.approx(3.0), pytest.approx(one + two))


def test_fold_makes_symbols_one() -> None:
    ((first, _), _) = weigh(
        of_text("๑ 2 ก"), (("12", "22"), ("ก",)), lambda symbol: symbol.translate({32: "", 0x0E51: "1"})
    )
    assert first > 0.9


def test_lattices_are_joined_in_their_order() -> None:
    table = np.full((2, 4), 0.1)
    table[[0, 1], [1, 2]] = 0.7
    whole = lattice_of(table)
    assert best(joined([whole, whole])) == "๑๒๑๒"


def test_too_few_steps_for_any_word_tell_nothing() -> None:
    assert weigh(of_text(""), (("ab", "cd"),)) == ((0.0, 0.0),)
    assert weigh(lattice_of(np.full((1, 4), 0.25)), (("กก", "๑๑"),)) == ((0.0, 0.0),)
