"""What a page or a file name says is shown as it is, neither taken for markup nor steering the terminal."""

from __future__ import annotations

import io

import networkx as nx
import pytest
from rich.console import Console, RenderableType

from pipeline import show
from pipeline.catalog import DocumentRecord
from pipeline.doctor import Check
from pipeline.settings import Settings
from pipeline.terminal import doctor_view, settings_view

ODD = "[red]ก[/b] \x1b[31m"
SHOWN = "[red]ก[/b] \ufffd[31m"


class OddRow(dict):
    """A row whose every column says the same."""

    def __missing__(self, column: str) -> object:
        return ODD


def record() -> DocumentRecord:
    row = OddRow(confidence=1.0)
    evidence = OddRow(field="subject", confidence=1.0, rule_details="{}")
    return DocumentRecord(row, row, (row,), (row,), (row,), (row,), (row,), (evidence,), (row,))


def graph() -> nx.MultiDiGraph:
    cites = nx.MultiDiGraph()
    cites.add_node("a", label=ODD, held=True)
    cites.add_node("b", label=ODD, held=False)
    cites.add_edge("a", "b", relation=ODD, status="not_held", score=0.5)
    return cites


VIEWS = {
    "document": (lambda: show.document_view(record()), 49),
    "chain": (lambda: show.graph_view(graph(), of_a_letter=True), 3),
    "graph": (lambda: show.graph_view(graph(), of_a_letter=False), 1),
    "doctor": (lambda: doctor_view([Check(ODD, False, ODD, ODD)]), 3),
    "settings": (lambda: settings_view(Settings(page_break=ODD)), 1),
}


def printed(view: RenderableType) -> str:
    screen = io.StringIO()
    Console(file=screen, width=400, force_terminal=False).print(view)
    return screen.getvalue()


@pytest.mark.parametrize("name", VIEWS)
def test_odd_text_is_shown_as_it_is(name):
    view, times = VIEWS[name]
    text = printed(view())
    assert text.count(SHOWN) == times
    assert "\x1b" not in text
