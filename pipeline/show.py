"""How records look on a terminal: rich renderables made from plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.catalog import DocumentRecord
from pipeline.citations import most_wanted
from pipeline.doctor import Check

_LETTER_FIELDS = (
    "number",
    "date",
    "sender",
    "sender_agency",
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
    parts: list[RenderableType] = [
        Text(
            f"{document['kind']}  {document['document_id']}  {document['path']}  pages {pages}", style="bold"
        )
    ]
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
        parts.append(
            Text(f"Plan: {plan['title']} — {plan['audit_status']} {plan['audit_note'] or ''}", style="bold")
        )
        parts.append(
            _frame(
                "", own, ("item_no", "title", "dimension", "budget", "q1", "q2", "q3", "q4", "needs_review")
            )
        )
    if record.issues:
        parts.append(_frame("To look at", record.issues, ("severity", "page", "code", "message")))
    return Group(*parts)


def _letter_table(letter: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> Table:
    why = {row["field"]: row for row in evidence}
    table = Table("field", "value", "as read", "confidence", "rule", box=None)
    for field in _LETTER_FIELDS:
        found = why.get(field)
        if letter[field] is None and found is None:
            continue
        table.add_row(
            field,
            _text(letter[field]),
            _text(found["raw"]) if found else "",
            f"{found['confidence']:.2f}" if found else "",
            _text(found["rule"]) if found else "",
        )
    return table


def _frame(title: str, records: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    table = Table(*columns, title=title or None, title_justify="left", box=None)
    for record in records:
        table.add_row(*(_text(record[column]) for column in columns))
    return table


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "·"
    return str(value)


def doctor_view(checks: Sequence[Check]) -> Table:
    """A line for each check, with the remedy where something is missing."""
    table = Table(box=None, show_header=False)
    for check in checks:
        mark = Text("✓", style="green") if check.fine else Text("✗", style="bold red")
        table.add_row(mark, check.name, check.found, "" if check.fine else f"→ {check.remedy}")
    return table


def graph_view(graph: nx.MultiDiGraph, letter: str | None) -> RenderableType:
    """Edges of a letter's chain, or, without one, the size of the graph and its acquisition list."""
    held = sum(bool(data.get("held")) for _, data in graph.nodes(data=True))
    cited = graph.number_of_nodes() - held
    counts = f"{held} letters held, {cited} only cited, {graph.number_of_edges()} citations"
    summary = Text(counts, style="bold")
    if letter is not None:
        edges = Table("from", "relation", "to", "status", "score", box=None)
        for source, target, data in graph.edges(data=True):
            edges.add_row(
                graph.nodes[source]["label"],
                data["relation"],
                graph.nodes[target]["label"],
                data["status"],
                f"{data['score']:.2f}",
            )
        return Group(summary, edges)
    wanted = Table("cited", "letter", title="Most cited and not held", title_justify="left", box=None)
    for node, count in most_wanted(graph, 15):
        wanted.add_row(str(count), graph.nodes[node]["label"])
    return Group(summary, wanted)
