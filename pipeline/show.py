"""How records look on a terminal: rich renderables made from plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
import pandas as pd
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.catalog import DocumentRecord
from pipeline.citations import most_wanted
from pipeline.model import TICK_FIELDS
from pipeline.terminal import add_row, cell, new_table
from pipeline.words import rules_in_english

_LETTER_FIELDS = (
    "number",
    "date",
    "sender",
    "sender_agency",
    "sender_address",
    "recipient",
    "subject",
    "urgency",
    "secrecy",
    "signer",
    "signer_position",
    "contact_phone",
)


def document_view(record: DocumentRecord) -> RenderableType:
    """Everything known of a document: its fields with their evidence, references, plans, issues."""
    document = record.document
    pages = f"{document['first_page']}–{document['last_page']}"
    heading = f"{document['kind']}  {document['document_id']}  {document['path']}  pages {pages}"
    parts: list[RenderableType] = [cell(heading, "bold")]
    if record.letter is not None:
        parts.append(_letter_table(record.letter, record.evidence))
    if record.references:
        parts.append(
            _frame(
                "References", record.references, ("relation", "number", "date", "status", "score", "raw_text")
            )
        )
    if record.cited_by:
        parts.append(_frame("Cited by", record.cited_by, ("document_id", "relation", "raw_text", "status")))
    if record.stamps:
        parts.append(
            _frame("Stamps", record.stamps, ("office", "received_number", "received_date", "received_time"))
        )
    for plan in record.plans:
        own = [item for item in record.items if item["plan_id"] == plan["plan_id"]]
        heading = f"Plan: {plan['title']} — {plan['audit_status']} {plan['audit_note'] or ''}"
        parts.append(cell(heading, "bold"))
        parts.append(
            _frame("", own, ("item_no", "title", "dimension", "budget", *TICK_FIELDS, "needs_review"))
        )
    if record.issues:
        parts.append(_frame("To look at", record.issues, ("severity", "page", "code", "message")))
    return Group(*parts)


def _letter_table(letter: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> Table:
    why = {row["field"]: row for row in evidence}
    table = new_table("field", "value", "as read", "confidence", "rule")
    for field in _LETTER_FIELDS:
        found = why.get(field)
        if letter[field] is None and found is None:
            continue
        read = (found["raw"], f"{found['confidence']:.2f}", rules_in_english(found)) if found else ()
        add_row(table, field, letter[field], *read)
    return table


def _frame(title: str, records: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    table = new_table(*columns, title=title)
    for record in records:
        add_row(table, *(record[column] for column in columns))
    return table


def frame_view(frame: pd.DataFrame) -> Table:
    """Rows of the catalog at a glance: what names a document is whole, the rest is cut for want of room."""
    table = Table(box=None, pad_edge=False)
    for name in frame.columns:
        table.add_column(name, no_wrap=name in ("document_id", "number", "date"))
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        add_row(table, *row)
    return table


def graph_view(graph: nx.MultiDiGraph, *, of_a_letter: bool) -> RenderableType:
    """The size of a graph, with its edges where it is the chain of a letter, else its acquisition list."""
    held = sum(bool(data.get("held")) for _, data in graph.nodes(data=True))
    cited = graph.number_of_nodes() - held
    counts = f"{held} letters held, {cited} only cited, {graph.number_of_edges()} citations"
    summary = Text(counts, style="bold")
    if of_a_letter:
        edges = new_table("from", "relation", "to", "status", "score")
        for source, target, data in graph.edges(data=True):
            add_row(
                edges,
                graph.nodes[source]["label"],
                data["relation"],
                graph.nodes[target]["label"],
                data["status"],
                f"{data['score']:.2f}",
            )
        return Group(summary, edges)
    wanted = new_table("cited", "letter", title="Most cited and not held")
    for node, count in most_wanted(graph, 15):
        add_row(wanted, count, graph.nodes[node]["label"])
    return Group(summary, wanted)
