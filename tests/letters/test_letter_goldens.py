"""Whole bundles: pages in, documents out, compared with golden files.

``UPDATE_GOLDENS=1`` writes what is read now as the new golden files; look at the difference
before believing it.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from letter_pages import FOLDER, load_pages

from pipeline.letters import read_documents
from pipeline.model import Document, Letter, Reference, Stamp, codes_of

UPDATE = os.environ.get("UPDATE_GOLDENS") == "1"


def shown(document: Document) -> dict[str, Any]:
    """A document as the golden files keep it: what a person can check against the pages."""
    return {
        "kind": document.kind.value,
        "pages": [document.first_page, document.last_page],
        "title": document.title,
        "letter": _letter(document.letter) if document.letter else None,
        "references": [_reference(reference) for reference in document.references],
        "stamps": [_stamp(stamp) for stamp in document.stamps],
        "issues": [issue.code for issue in document.issues],
        "rules": {evidence.field: codes_of(evidence.steps) for evidence in document.evidence},
    }


def _letter(letter: Letter) -> dict[str, Any]:
    names = [
        name for name in Letter.__dataclass_fields__ if name not in ("confidence", "number_alternatives")
    ]
    held = {name: getattr(letter, name) for name in names}
    return {name: value for name, value in held.items() if value is not None}


def _reference(reference: Reference) -> dict[str, Any]:
    names = ("relation", "target_kind", "sender", "subject", "number", "date", "page")
    return {name: getattr(reference, name) for name in names if getattr(reference, name) is not None}


def _stamp(stamp: Stamp) -> dict[str, Any]:
    names = ("page", "office", "received_number", "received_date", "received_time")
    return {name: getattr(stamp, name) for name in names if getattr(stamp, name) is not None}


@pytest.mark.parametrize("name", ["province_bundle", "memo", "stamped_letter", "transcript"])
def test_bundle_reads_as_its_golden_file(name: str) -> None:
    documents = [shown(document) for document in read_documents(load_pages(name))]
    golden = FOLDER / f"{name}.documents.json"
    if UPDATE:
        golden.write_text(json.dumps(documents, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert documents == json.loads(golden.read_text(encoding="utf-8"))
