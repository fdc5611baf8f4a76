"""Connecting letters: references to verdicts, where letters changed, and verdicts to the citation graph."""

from __future__ import annotations

import zlib
from pathlib import Path

import pipeline
from pipeline import citations
from pipeline.catalog import Catalog, Settling


def connect(catalog: Catalog, folder: Path, *, anew: bool = False) -> tuple[Path, ...]:
    """Bring the verdicts in ``catalog`` and the graph in ``folder`` up to date, if any record changed.

    A graph that is not there, or is wanted ``anew``, is written from the verdicts as they are. Gives the
    files of the graph that were written.
    """
    changed = catalog.needs_resolution
    if changed:
        settle(catalog)
    if not changed and not anew and citations.graph_is_there(folder):
        return ()
    graph = citations.CitationGraph(catalog)
    written = citations.write_graph(graph, folder)
    if changed:
        # The issues last: a run killed before them connects again, and so writes the graph again.
        catalog.store_cited_letters(graph.cited_letters())
        catalog.store_citation_issues(citations.graph_issues(graph))
    return tuple(written)


def settle(catalog: Catalog) -> None:
    """Resolve the references that changed letters may affect: all, where their weights changed.

    The verdicts are those of a full resolution, whatever came in which order.
    """
    with catalog.settling() as archive:
        basis = zlib.crc32(f"{pipeline.__version__} {citations.basis(archive.size())}".encode())
        if archive.basis == basis:
            _settle_changes(archive)
        else:
            _settle_all(catalog, archive)
        archive.settled(basis)


def _settle_changes(archive: Settling) -> None:
    came = archive.documents_come()
    archive.add_letter_keys(citations.letter_keys(archive.letters(came)))
    own = archive.references(archive.references_of(came))
    archive.add_reference_keys(citations.reference_keys(own))
    archive.store(citations.resolve_again(archive, came, archive.keys_gone()))


def _settle_all(catalog: Catalog, archive: Settling) -> None:
    archive.forget_keys()
    letters = tuple(catalog.archived_letters())
    archive.add_letter_keys(citations.letter_keys(letters))
    archive.add_reference_keys(citations.reference_keys(catalog.archived_references()))
    archive.store(citations.resolve(letters, catalog.archived_references()))
