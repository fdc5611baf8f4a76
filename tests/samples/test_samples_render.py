"""Rendered bundles: the same seed gives the same bundle, and truth lies where the ink is."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from pipeline.model import Box, LetterForm
from samples import random_bundle, render_bundle, write_pdf, write_truth
from samples.content import BundleContent, LetterContent, PlanContent
from samples.geometry import TextLine
from samples.render import RenderedBundle, RenderedPage
from samples.scan import Damage, Mode, ScanStyle

CLEAN = ScanStyle(100, Mode.GREY, Damage.NONE)
SMALL = ScanStyle(60, Mode.GREY, Damage.NONE)
SEEDS = (3, 8, 21)


@pytest.fixture(scope="module", params=SEEDS)
def rendered(request: pytest.FixtureRequest) -> tuple[BundleContent, RenderedBundle]:
    bundle = random_bundle(request.param)
    return bundle, render_bundle(bundle, CLEAN, request.param)


def fingerprint(bundle: RenderedBundle) -> str:
    digest = hashlib.sha256(json.dumps(bundle.truth, ensure_ascii=False).encode())
    for page in bundle.pages:
        digest.update(page.image.tobytes())
        digest.update(repr(page.geometry).encode())
    return digest.hexdigest()


def short(bundle: BundleContent, documents: int = 2) -> BundleContent:
    """The first documents only, their references to the rest cut."""
    kept = [
        replace(document, references=(), enclosures=(), cited_in_text=())
        for document in bundle.documents[:documents]
        if isinstance(document, LetterContent)
    ]
    return BundleContent(bundle.name, tuple(kept))


@pytest.mark.parametrize("mode", tuple(Mode))
@pytest.mark.parametrize("damage", tuple(Damage))
def test_same_seed_gives_same_pixels_and_truth(mode: Mode, damage: Damage) -> None:
    bundle, style = short(random_bundle(5)), ScanStyle(75, mode, damage)
    first, second = render_bundle(bundle, style, 9), render_bundle(bundle, style, 9)
    assert fingerprint(first) == fingerprint(second)


def test_another_seed_gives_another_scan() -> None:
    bundle, style = short(random_bundle(5)), ScanStyle(75, Mode.GREY, Damage.MEDIUM)
    assert fingerprint(render_bundle(bundle, style, 1)) != fingerprint(render_bundle(bundle, style, 2))


@pytest.mark.parametrize(("mode", "dimensions"), [(Mode.COLOUR, 3), (Mode.GREY, 2), (Mode.BILEVEL, 2)])
def test_mode_decides_what_pixels_are(mode: Mode, dimensions: int) -> None:
    (page, *_) = render_bundle(short(random_bundle(5)), ScanStyle(75, mode, Damage.MEDIUM), 1).pages
    assert page.image.dtype == np.uint8
    assert page.image.ndim == dimensions
    if mode is Mode.BILEVEL:
        assert set(np.unique(page.image)) <= {0, 255}


def test_every_document_of_the_truth_begins_on_a_page_of_its_own(
    rendered: tuple[BundleContent, RenderedBundle],
) -> None:
    bundle, scan = rendered
    firsts = [document["first_page"] for document in scan.truth["documents"]]
    assert len(firsts) == len(bundle.documents)
    assert firsts[0] == 1
    assert firsts == sorted(set(firsts))
    for index, first in enumerate(firsts):
        assert scan.pages[first - 1].document == index
        assert first == 1 or scan.pages[first - 2].document == index - 1


def test_references_point_at_the_letter_that_they_name(
    rendered: tuple[BundleContent, RenderedBundle],
) -> None:
    _, scan = rendered
    by_page = {document["first_page"]: document for document in scan.truth["documents"]}
    pointing = [
        reference
        for document in scan.truth["documents"]
        for reference in document.get("references", ())
        if "target_page" in reference
    ]
    assert pointing
    for reference in pointing:
        target = by_page[reference["target_page"]]
        assert reference["number"] == target["number"]
        assert reference["date"].startswith(target["date"])


def ink_count(page: RenderedPage, box: Box) -> float:
    return ink_share(page, box) * box.area


def ink_share(page: RenderedPage, box: Box) -> float:
    part = page.image[int(box.y0) : int(box.y1) + 1, int(box.x0) : int(box.x1) + 1]
    return float((part < 200).mean())


def test_every_line_holds_ink(rendered: tuple[BundleContent, RenderedBundle]) -> None:
    _, scan = rendered
    for page in scan.pages:
        assert all(ink_share(page, line.box) > 0.02 for line in page.geometry.all_lines)


def test_ink_lies_in_the_boxes_of_the_truth(rendered: tuple[BundleContent, RenderedBundle]) -> None:
    """Below the emblem nothing is left when all boxes are wiped; a memo has its dotted rules."""
    bundle, scan = rendered
    for page in scan.pages:
        document = bundle.documents[page.document]
        if isinstance(document, LetterContent) and document.form is LetterForm.MEMO:
            continue
        rest = page.image.copy()
        boxes = [line.box for line in page.lines]
        boxes += [table.box for table in page.tables] + [stamp.box for stamp in page.stamps]
        for box in boxes:
            rest[int(box.y0) - 2 : int(box.y1) + 3, int(box.x0) - 2 : int(box.x1) + 3] = 255
        below_emblem = rest[int(1.85 * page.dpi) :]
        assert (below_emblem < 128).sum() < 0.0002 * below_emblem.size


def test_baselines_run_through_their_boxes(rendered: tuple[BundleContent, RenderedBundle]) -> None:
    _, scan = rendered
    lines: list[TextLine] = [line for page in scan.pages for line in page.geometry.all_lines]
    for line in lines:
        assert line.box.y0 < line.baseline_left <= line.box.y1 + 0.35 * line.body_height
        assert line.text == line.text.strip()
        assert line.text


def test_lines_stay_on_the_page_and_in_their_cells(rendered: tuple[BundleContent, RenderedBundle]) -> None:
    _, scan = rendered
    for page in scan.pages:
        height, width = page.image.shape
        for line in page.geometry.all_lines:
            assert line.box.x0 >= 0
            assert line.box.y0 >= 0
            assert line.box.x1 <= width
            assert line.box.y1 <= height
        for cell in (cell for table in page.tables for cell in table.cells):
            assert all(line.box.x0 >= cell.box.x0 - 1 for line in cell.lines)
            assert all(line.box.x1 <= cell.box.x1 + 1 for line in cell.lines)


def test_truth_follows_the_page_when_it_is_turned() -> None:
    """Where a heavily damaged page is tilted, its boxes hold as much ink as before."""
    bundle = short(random_bundle(8))
    style = ScanStyle(100, Mode.GREY, Damage.HEAVY)
    turned = [page for seed in range(4) for page in render_bundle(bundle, style, seed).pages]
    page = max(turned, key=lambda page: abs(page.skew))
    assert abs(page.skew) > 0.5
    body = [line for line in page.lines if line.role == "body"]
    paper = float(np.median(page.image))
    for line in body:
        middle = page.image[
            round(line.baseline_left - line.body_height) : round(line.baseline_left),
            round(line.box.x0) : round(line.box.x0 + 60),
        ]
        assert float(middle.mean()) < paper - 10


def test_a_page_that_lay_the_wrong_way_round_is_the_same_page_turned() -> None:
    bundle = short(random_bundle(8))
    straight = render_bundle(bundle, ScanStyle(75, Mode.GREY, Damage.LIGHT), 3)
    turned = render_bundle(bundle, ScanStyle(75, Mode.GREY, Damage.LIGHT, turned=1.0), 3)
    assert all(page.rotation == 0 for page in straight.pages)
    assert {page.rotation for page in turned.pages} <= {90, 180, 270}
    for before, after in zip(straight.pages, turned.pages, strict=True):
        assert np.array_equal(after.upright, before.image)
        assert np.array_equal(after.image, np.rot90(before.image, -after.rotation // 90))
        assert after.geometry == before.geometry


def test_tables_of_the_pages_hold_the_rows_of_the_truth() -> None:
    for seed in range(16):
        bundle = random_bundle(seed)
        plan = bundle.documents[-1]
        if isinstance(plan, PlanContent):
            scan = render_bundle(BundleContent("plan.pdf", (plan,)), SMALL, seed)
            (truth,) = scan.truth["documents"]
            assert [row["item_no"] for row in truth["rows"]] == list(range(1, len(plan.rows) + 1))
            ticks = sum(
                bool(cell.tick) for page in scan.pages for table in page.tables for cell in table.cells
            )
            assert ticks == sum(
                bool(row.get(f"q{quarter}")) for row in truth["rows"] for quarter in range(1, 5)
            )


def test_ticked_cells_hold_more_ink_than_empty_ones() -> None:
    plan = next(
        d
        for seed in range(60)
        for d in random_bundle(seed).documents
        if isinstance(d, PlanContent) and not d.years
    )
    for tick in ("check", "check_box", "cross", "disc", "stroke", "hand"):
        drawn = replace(plan, style=replace(plan.style, tick=tick))
        page = render_bundle(BundleContent("plan.pdf", (drawn,)), CLEAN, 1).pages[0]
        cells = [cell for table in page.tables for cell in table.cells if cell.tick is not None]
        counts = {
            state: [ink_count(page, _inside(cell.box)) for cell in cells if cell.tick is state]
            for state in (True, False)
        }
        assert min(counts[True]) > 1.1 * max(counts[False])


def _inside(box: Box) -> Box:
    return Box(box.x0 + 3, box.y0 + 3, box.x1 - 3, box.y1 - 3)


@pytest.mark.parametrize("form", tuple(form for form in LetterForm if form is not LetterForm.RADIO))
def test_every_form_of_letter_renders(form: LetterForm) -> None:
    found = next(
        document
        for seed in range(200)
        for document in random_bundle(seed).documents
        if isinstance(document, LetterContent) and document.form is form
    )
    alone = replace(found, references=(), enclosures=(), cited_in_text=())
    scan = render_bundle(BundleContent("one.pdf", (alone,)), CLEAN, 4)
    (truth,) = scan.truth["documents"]
    assert truth["form"] == form.value
    assert (truth["subject"] is None) == (form is LetterForm.STAMPED)
    printed = "".join("".join(line.text.split()) for page in scan.pages for line in page.geometry.all_lines)
    for field in ("sender", "recipient", "subject", "urgency", "signer"):
        assert "".join((truth[field] or "").split()) in printed


@pytest.mark.parametrize("mode", tuple(Mode))
def test_pdf_has_the_pages_and_the_size_of_the_paper(tmp_path: Path, mode: Mode) -> None:
    scan = render_bundle(short(random_bundle(5)), ScanStyle(100, mode, Damage.LIGHT), 1)
    for name in ("one.pdf", "two.pdf"):
        write_pdf(scan, tmp_path / name)
    pages = PdfReader(tmp_path / "one.pdf").pages
    assert len(pages) == len(scan.pages)
    assert float(pages[0].mediabox.width) == pytest.approx(595.3, abs=1)
    assert float(pages[0].mediabox.height) == pytest.approx(841.9, abs=1)
    write_truth([scan.truth], tmp_path / "truth.json")
    assert json.loads((tmp_path / "truth.json").read_text(encoding="utf-8")) == {"files": [scan.truth]}


def test_a_page_takes_less_than_a_second() -> None:
    bundle = random_bundle(11)
    render_bundle(bundle, CLEAN, 11)
    style = ScanStyle(300, Mode.GREY, Damage.HEAVY)
    started = time.process_time()
    pages = render_bundle(short(bundle), style, 11).pages
    assert (time.process_time() - started) / len(pages) < 1.0
