"""The graph as a picture: a box for each letter, a line for each citation, in Thai."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import regex

from pipeline.atomic import write_text
from pipeline.citations.arrangement import HEIGHT, WIDTH, Arrangement, arrange
from pipeline.citations.graph import FORWARDS
from pipeline.model import Relation
from pipeline.thai import ThaiDate, format_date, to_thai
from pipeline.words import word

_MARGIN, _LEGEND_HEIGHT, _PADDING = 30, 46, 14
_CHARACTER_WIDTH = 7.4
"""Width of a Thai character at 14 px, in pixels, marks above and below not counted."""

_NARROW = regex.compile(r"\p{Mn}")


def write_svg(graph: nx.MultiDiGraph, path: Path) -> None:
    """Draw ``graph`` into ``path`` as SVG, for light and dark surroundings."""
    write_text(path, draw(graph))


def draw(graph: nx.MultiDiGraph) -> str:
    """The SVG text of ``graph``. Boxes and lines carry ``data-`` attributes for a page to work with."""
    arranged = arrange(graph)
    width = max(arranged.width, 760) + 2 * _MARGIN
    height = arranged.height + 2 * _MARGIN + _LEGEND_HEIGHT
    style = (files(__package__) / "data" / "picture.css").read_text(encoding="utf-8")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="แผนภาพการอ้างถึงหนังสือ">',
        f"<style>{style}</style>",
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path class="head" d="M0 0 10 5 0 10z"/></marker></defs>',
        '<rect class="paper" width="100%" height="100%"/>',
        *_legend(),
        f'<g transform="translate({_MARGIN} {_MARGIN + _LEGEND_HEIGHT})">',
        *_lines(graph, arranged),
        *(_box(node, graph.nodes[node], arranged.corners[node]) for node in sorted(graph)),
        "</g></svg>\n",
    ]
    return "\n".join(parts)


def _legend() -> Iterable[str]:
    x = _MARGIN
    for relation in (Relation.ENCLOSES.value, Relation.REFERS_TO.value, Relation.MENTIONS.value):
        yield f'<path class="line {relation}" d="M{x} 26h34" marker-end="url(#head)"/>'
        yield f'<text class="small" x="{x + 42}" y="31">{word("relation_short", relation)}</text>'
        x += 130
    for name, kind in (("มีในคลัง", "held"), ("ไม่มีในคลัง", "ghost")):
        yield f'<rect class="box {kind}" x="{x}" y="16" width="28" height="20" rx="4"/>'
        yield f'<text class="small" x="{x + 36}" y="31">{name}</text>'
        x += 130
    yield f'<path class="line refers_to ambiguous" d="M{x} 26h34"/>'
    yield f'<text class="small" x="{x + 42}" y="31">กำกวม</text>'


# ---------------------------------------------------------------------- boxes


def _box(node: str, data: dict[str, Any], corner: tuple[float, float]) -> str:
    x, y = corner
    kind = "held" if data.get("held") else "ghost"
    title = "\n".join(str(data[name]) for name in ("label", "date", "sender", "subject") if data.get(name))
    rows = (
        ("number", to_thai(data["label"])),
        ("small", _dated(data.get("date"), data.get("sender"))),
        ("small faint", data.get("subject", "")),
    )
    texts = "".join(
        f'<text class="{style}" x="{_PADDING}" y="{baseline}">{escape(_fitted(text))}</text>'
        for (style, text), baseline in zip(rows, (24, 44, 63), strict=True)
        if text
    )
    return (
        f'<g class="letter" data-node="{escape(node)}" transform="translate({x:.1f} {y:.1f})">'
        f"<title>{escape(title)}</title>"
        f'<rect class="box {kind}" width="{WIDTH}" height="{HEIGHT}" rx="8"/>{texts}</g>'
    )


def _dated(iso: str | None, sender: str | None) -> str:
    day = "" if iso is None else format_date(ThaiDate.from_iso(iso))
    return " · ".join(part for part in (day, sender) if part)


def _fitted(text: str) -> str:
    """``text`` cut to the width of a box, never between a consonant and its marks."""
    room = int((WIDTH - 2 * _PADDING) / _CHARACTER_WIDTH)
    if len(_NARROW.sub("", text)) <= room:
        return text
    clusters = regex.findall(r"\X", text)
    kept, used = [], 0
    for cluster in clusters:
        used += len(_NARROW.sub("", cluster))
        if used >= room:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"


# ---------------------------------------------------------------------- lines


def _lines(graph: nx.MultiDiGraph, arranged: Arrangement) -> Iterable[str]:
    """One line for each relation between two letters; that it was passed on is written there."""
    between: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for citing, cited, _, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        between[citing, cited].setdefault(data["relation"], data)
    for (citing, cited), relations in sorted(between.items()):
        passage = relations.pop(FORWARDS, None)
        for index, (relation, data) in enumerate(sorted(relations.items())):
            offset = (index - (len(relations) - 1) / 2) * 16
            path, middle = _curve(arranged.corners[citing], arranged.corners[cited], offset)
            said = word("relation_short", relation), word("status_short", data["status"])
            title = f"{' · '.join(said)} · {data['score']:.2f}"
            ends = f'data-from="{escape(citing)}" data-to="{escape(cited)}"'
            yield (
                f'<g class="edge" {ends}><title>{title}</title>'
                f'<path class="line {relation} {data["status"]}" d="{path}" marker-end="url(#head)"/>'
                f"{_passage_label(relation, passage, middle)}</g>"
            )


def _curve(
    start: tuple[float, float], end: tuple[float, float], offset: float
) -> tuple[str, tuple[float, float]]:
    """The path from the right of one box to the left of another, and its middle."""
    x0, y0 = start[0] + WIDTH, start[1] + HEIGHT / 2 + offset
    x1, y1 = end[0], end[1] + HEIGHT / 2 + offset
    if x1 > x0:
        bend = max(40.0, (x1 - x0) / 2)
        path = f"M{x0:.1f} {y0:.1f}C{x0 + bend:.1f} {y0:.1f} {x1 - bend:.1f} {y1:.1f} {x1 - 2:.1f} {y1:.1f}"
        return path, ((x0 + x1) / 2, (y0 + y1) / 2)
    # Boxes of one column, or a line that runs back: around the right side
    x1 += WIDTH
    out = max(x0, x1) + 60
    return f"M{x0:.1f} {y0:.1f}C{out:.1f} {y0:.1f} {out:.1f} {y1:.1f} {x1 + 2:.1f} {y1:.1f}", (
        out - 15,
        (y0 + y1) / 2,
    )


def _passage_label(relation: str, passage: dict[str, Any] | None, middle: tuple[float, float]) -> str:
    if relation != Relation.ENCLOSES.value or passage is None:
        return ""
    days = passage.get("days")
    text = word("relation_short", FORWARDS) + ("" if days is None else f" {to_thai(str(days))} วัน")
    return f'<text class="passage" x="{middle[0]:.1f}" y="{middle[1] - 6:.1f}">{text}</text>'
