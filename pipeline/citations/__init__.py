"""References to edges: which held letter does a reference mean, and what does the graph of them say.

Finding references is another stage's work (``pipeline/letters``); here they are resolved.
"""

from pipeline.citations.chains import lineage, most_wanted
from pipeline.citations.files import graph_is_there, read_graph, write_graph
from pipeline.citations.graph import CitationGraph
from pipeline.citations.issues import graph_issues
from pipeline.citations.neighbourhood import (
    KeyedArchive,
    basis,
    letter_keys,
    reference_keys,
    resolve_again,
)
from pipeline.citations.page import write_html
from pipeline.citations.picture import write_svg
from pipeline.citations.resolve import resolve

__all__ = [
    "CitationGraph",
    "KeyedArchive",
    "basis",
    "graph_is_there",
    "graph_issues",
    "letter_keys",
    "lineage",
    "most_wanted",
    "read_graph",
    "reference_keys",
    "resolve",
    "resolve_again",
    "write_graph",
    "write_html",
    "write_svg",
]
