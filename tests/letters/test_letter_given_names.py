"""Given names of signers, settled to the known one that the recogniser's lattice allows."""

from __future__ import annotations

import pytest
from letter_lattices import line_with_lattice

from pipeline.letters.given_names import nearest_given_name
from pipeline.letters.rows import Row
from pipeline.letters.signer import read_signer
from pipeline.model import Rule, Step

ROW = "(นางใชติรส ใจดี)"
PLACE = ROW.index("ใ"), ROW.index(" ")


@pytest.mark.parametrize(("rivals", "settled"), [({"โ": 0.2}, "โชติรส"), ({"โ": 0.01}, None)])
def test_name_is_settled_where_one_known_name_is_possible(
    rivals: dict[str, float], settled: str | None
) -> None:
    row = Row(1, line_with_lattice(ROW, {PLACE[0]: rivals}), ROW)
    found = nearest_given_name(row, *PLACE)
    assert (found.name if found else None) == settled


def test_settled_name_keeps_what_the_page_says() -> None:
    row = Row(1, line_with_lattice(ROW, {PLACE[0]: {"โ": 0.2}}), ROW)
    signer = read_signer([row], 0, closed=True)
    assert (signer.value, signer.raw) == ("นางโชติรส ใจดี", "นางใชติรส ใจดี")
    assert signer.steps[-1] == Step(Rule.GIVEN_NAME_NEAREST, "ใชติรส ใจดี")


def test_name_without_a_lattice_stays_as_read() -> None:
    row = Row(1, line_with_lattice(ROW), ROW)
    plain = Row(1, row.line.__class__(ROW, row.line.box, 0.5), ROW)
    assert nearest_given_name(plain, *PLACE) is None


def test_rank_before_a_name_is_no_part_of_it() -> None:
    text = "(ผู้ช่วยศาสตราจารย์ ดร.วิชัย ใจดี)"
    row = Row(1, line_with_lattice(text, {text.index("ว", 15): {"ร": 0.1}}), text)
    assert read_signer([row], 0, closed=True).value == "ผู้ช่วยศาสตราจารย์ ดร.วิชัย ใจดี"


def test_known_name_that_was_read_unsurely_is_believed() -> None:
    text = "(นายสมชาย ใจดี)"
    row = Row(1, line_with_lattice(text, {text.index("ม"): {"น": 0.4}}), text)
    signer = read_signer([row], 0, closed=True)
    assert signer.value == "นายสมชาย ใจดี"
    assert signer.confidence > 0.9
    assert not signer.by(Rule.GIVEN_NAME_NEAREST)


def test_what_is_left_of_a_title_is_not_cut_off_a_name() -> None:
    text = "(นางสาากิตติพงษ์ ใจดี)"
    row = Row(1, line_with_lattice(text, {text.index("สาา") + 1: {"ว": 0.2}}), text)
    signer = read_signer([row], 0, closed=True)
    assert signer.value != "นางกิตติพงษ์ ใจดี"
    assert signer.confidence < 0.9
