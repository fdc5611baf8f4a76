"""The samples that are kept with the project: two scans and a transcript in ``data/raw``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from samples.content import BundleContent
from samples.files import write_pdf, write_truth
from samples.generate import random_bundle
from samples.klong_thom import klong_thom
from samples.render import render_bundle
from samples.scan import Damage, Mode, ScanStyle
from samples.transcript import write_transcript

_SCANS = (
    ("klong-thom", klong_thom, ScanStyle(200, Mode.GREY, Damage.LIGHT), 2564),
    ("betong", lambda: random_bundle(1666), ScanStyle(150, Mode.COLOUR, Damage.LIGHT), 1666),
)
_TRANSCRIPT = "ubon-ratchathani"
_TRANSCRIPT_SEED = 1903


def write_committed(root: Path) -> None:
    """Write ``data/raw`` and, apart from it, the truth in ``samples/truth``."""
    raw, truth = root / "data" / "raw", root / "samples" / "truth"
    for folder in (raw, truth):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content, style, seed in _SCANS:
        rendered = render_bundle(_named(content(), f"{name}.pdf"), style, seed)
        write_pdf(rendered, raw / rendered.name)
        write_truth([rendered.truth], truth / f"{name}.json")
    bundle = _named(random_bundle(_TRANSCRIPT_SEED), f"{_TRANSCRIPT}.txt")
    rendered = render_bundle(bundle, ScanStyle(150, Mode.GREY, Damage.NONE), _TRANSCRIPT_SEED)
    write_transcript(rendered, raw / rendered.name)
    write_truth([rendered.truth], truth / f"{_TRANSCRIPT}.json")


def _named(bundle: BundleContent, name: str) -> BundleContent:
    return replace(bundle, name=name)
