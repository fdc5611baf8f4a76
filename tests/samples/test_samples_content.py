"""Invented content: bundles are chains of letters, and the committed samples say what they should."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samples import random_bundle, render_bundle
from samples.content import (
    BundleContent,
    CitedLetter,
    LetterContent,
    LetterDate,
    NumberParts,
    PlanContent,
    Writing,
)
from samples.klong_thom import klong_thom
from samples.scan import Damage, Mode, ScanStyle
from samples.writing import write_cited_date, write_date, write_number

ROOT = Path(__file__).resolve().parents[2]


def letters_of(bundle: BundleContent) -> list[LetterContent]:
    return [document for document in bundle.documents if isinstance(document, LetterContent)]


def cited_in(bundle: BundleContent) -> list[CitedLetter]:
    return [cited for letter in letters_of(bundle) for _, cited in letter.cited()]


@pytest.mark.parametrize("seed", range(25))
def test_each_letter_of_the_chain_is_cited_by_the_one_before(seed: int) -> None:
    bundle = random_bundle(seed)
    targets = [cited.target for cited in cited_in(bundle) if cited.target is not None]
    assert targets == list(range(1, len(targets) + 1))
    assert 2 <= len(targets) <= 6


@pytest.mark.parametrize("seed", range(25))
def test_dates_exist_and_no_letter_cites_a_later_one(seed: int) -> None:
    bundle = random_bundle(seed)
    for letter in letters_of(bundle):
        for _, cited in letter.cited():
            assert date.fromisoformat(cited.date.iso)
            assert letter.date is None or cited.date.iso[:7] <= letter.date.iso[:7]


def test_same_seed_gives_same_bundle_and_another_another() -> None:
    assert random_bundle(4) == random_bundle(4)
    assert random_bundle(4) != random_bundle(5)


def test_klong_thom_is_cited_as_the_real_letters_are() -> None:
    bundle = klong_thom()
    numbers = [letter.number.canonical for letter in letters_of(bundle) if letter.number]
    assert numbers == [
        "กบ 0023.4/ว 1121",
        "กบ 0023.4/ว 6394",
        "มท 0810.3/ว 2927",
        "ปช 0013/0084",
        "ปช 0013/0075",
        "ปช 0037/0065",
    ]
    held = {cited.target: cited for cited in cited_in(bundle) if cited.target is not None}
    assert sorted(held) == [1, 2, 3, 4, 5]
    for target, cited in held.items():
        letter = letters_of(bundle)[target]
        assert (cited.number, cited.date) == (letter.number, letter.date)


def test_klong_thom_plan_adds_up_to_the_totals_of_the_real_one() -> None:
    plan = klong_thom().documents[-1]
    assert isinstance(plan, PlanContent)
    assert len(plan.rows) == 28
    assert plan.total_budget == 41_000
    assert plan.quarter_counts == (10, 6, 9, 12)


@pytest.mark.parametrize(
    ("writing", "written"),
    [
        (Writing(), "มท ๐๘๑๐.๓/ว ๒๙๒๗"),
        (Writing(space_after_letters=False, circular_mark="ว"), "มท๐๘๑๐.๓/ว๒๙๒๗"),
        (Writing(thai_digits=False, circular_mark="ว. ", stroke=" /"), "มท 0810.3 /ว. 2927"),
    ],
)
def test_numbers_are_written_as_the_office_writes(writing: Writing, written: str) -> None:
    assert write_number(NumberParts("มท", "0810.3", 2927, circular=True), writing) == written


def test_dates_are_written_in_every_form() -> None:
    day = LetterDate(2548, 9, 15)
    assert write_date(day, Writing(), era=True) == "๑๕ กันยายน พ.ศ. ๒๕๔๘"
    assert write_date(LetterDate(2563, 4, None), Writing()) == "เมษายน ๒๕๖๓"
    assert write_cited_date(day, Writing(cited_date="short", thai_digits=False)) == "ลว. 15 ก.ย. 2548"
    assert LetterDate(2563, 4, None).iso == "2020-04"


@pytest.mark.parametrize("name", ["klong-thom.pdf", "betong.pdf", "ubon-ratchathani.txt"])
def test_committed_samples_are_there_with_their_truth(name: str) -> None:
    truth = json.loads((ROOT / "samples" / "truth" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    assert [file["path"] for file in truth["files"]] == [name]
    assert (ROOT / "data" / "raw" / name).stat().st_size > 5_000


def test_committed_truth_is_what_the_renderer_writes_today() -> None:
    """If this fails, the renderer changed: look at its pages, then run ``python -m samples --committed``."""
    kept = json.loads((ROOT / "samples" / "truth" / "betong.json").read_text(encoding="utf-8"))
    bundle = replace(random_bundle(1666), name="betong.pdf")
    assert render_bundle(bundle, ScanStyle(60, Mode.GREY, Damage.NONE), 1666).truth == kept["files"][0]


def test_committed_transcript_has_a_page_for_every_document() -> None:
    pages = (ROOT / "data" / "raw" / "ubon-ratchathani.txt").read_text(encoding="utf-8").split("\f")
    truth = json.loads((ROOT / "samples" / "truth" / "ubon-ratchathani.json").read_text(encoding="utf-8"))
    for document in truth["files"][0]["documents"]:
        page = "".join(pages[document["first_page"] - 1].split())
        if document["kind"] == "letter" and document["subject"]:
            assert "".join(document["subject"].split()) in page
