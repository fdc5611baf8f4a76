"""Datasets against the truth that the renderer wrote: how many values of each field are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz.distance import Levenshtein

from pipeline.thai import parse_number, squeeze, to_arabic

Record = Mapping[str, Any]

LETTER_FIELDS = ("number", "date", "sender", "recipient", "subject", "urgency", "signer")
ROW_FIELDS = ("title", "dimension", "budget", "q1", "q2", "q3", "q4")

_SLIPS = 0.03
"""Share of the letters of a name or subject that may be wrong."""


@dataclass(slots=True)
class Count:
    """Values of one field: how many there are, how many are right, and how many wrong ones nothing marks."""

    of: int = 0
    right: int = 0
    unmarked: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0


class Scores(dict[str, Count]):
    """Counts by field."""

    def add(self, name: str, right: bool, *, marked: bool = True, where: str = "") -> None:
        """Count one value; ``marked`` is whether the datasets ask a person to look at it."""
        count = self.setdefault(name, Count())
        count.of += 1
        count.right += right
        count.unmarked += not right and not marked
        if not right:
            count.wrong.append(where)


@dataclass(frozen=True, slots=True)
class Datasets:
    """What a run wrote, as records of each table."""

    documents: Sequence[Record]
    letters: Mapping[str, Record]
    references: Sequence[Record]
    plans: Sequence[Record]
    items: Sequence[Record]

    @staticmethod
    def read(folder: Path) -> Datasets:
        """Those in ``folder``, the ``datasets`` of an output folder."""

        def records(name: str) -> list[dict[str, Any]]:
            frame = pd.read_parquet(folder / f"{name}.parquet").astype(object)
            return frame.where(frame.notna(), None).to_dict("records")

        return Datasets(
            records("documents"),
            {str(row["document_id"]): row for row in records("letters")},
            records("letter_references"),
            records("plans"),
            records("plan_items"),
        )


def score(truth: Record, datasets: Datasets) -> Scores:
    """The scores of the documents of ``truth``; they are known by file name and first page."""
    scores = Scores()
    found = {(Path(row["path"]).name, int(row["first_page"])): row for row in datasets.documents}
    for file in truth["files"]:
        name = Path(file["path"]).name
        for document in file["documents"]:
            here = f"{name} page {document['first_page']}"
            row = found.get((name, document["first_page"]))
            scores.add("document", row is not None and row["kind"] == document["kind"], where=here)
            document_id = str(row["document_id"]) if row else ""
            if "rows" in document:
                _score_plan(scores, document, document_id, datasets, here)
            elif "references" in document:
                _score_letter(scores, document, document_id, datasets, here)
                _score_links(scores, document, document_id, datasets, here)
    return scores


def _score_letter(scores: Scores, truth: Record, document_id: str, datasets: Datasets, here: str) -> None:
    letter = datasets.letters.get(document_id, {})
    for name in LETTER_FIELDS:
        if name in truth:
            read = letter.get(name)
            # A value that is missing is seen to be missing.
            marked = bool(letter.get("needs_review")) or read is None
            where = f"{here}: {truth[name]!r}, read {read!r}"
            scores.add(name, _same(name, truth[name], read), marked=marked, where=where)


def _score_links(scores: Scores, truth: Record, document_id: str, datasets: Datasets, here: str) -> None:
    """References by number and date, and the links to letters of the bundle, however the number was read."""
    first_page = {str(row["document_id"]): int(row["first_page"]) for row in datasets.documents}
    own = [row for row in datasets.references if str(row["document_id"]) == document_id]
    linked = [row for row in own if row["relation"] != "mentions" and row["target_document_id"]]
    reached = {first_page[str(row["target_document_id"])] for row in linked}
    left = [row for row in own if row["number"] is not None]
    for cited in truth["references"]:
        same = next((row for row in left if _is_reference(cited, row)), None)
        scores.add("reference", same is not None, where=f"{here}: {cited['number']} {cited['date']}")
        if same is not None:
            left.remove(same)
        if "target_page" in cited:
            scores.add("link", cited["target_page"] in reached, where=f"{here}: {cited['number']}")
    for page in reached - {cited.get("target_page") for cited in truth["references"]}:
        scores.add("link made up", False, where=f"{here}: to page {page}")
    for row in left:
        scores.add("reference made up", False, where=f"{here}: {row['number']} {row['date']}")


def _is_reference(truth: Record, row: Record) -> bool:
    return all(_same(name, truth[name], row[name]) for name in ("number", "date"))


def _score_plan(scores: Scores, truth: Record, document_id: str, datasets: Datasets, here: str) -> None:
    plan = next((row for row in datasets.plans if str(row["document_id"]) == document_id), {})
    for name in ("organisation", "fiscal_year_be", "total_budget"):
        if name in truth:
            scores.add(f"plan {name}", _same(name, truth[name], plan.get(name)), where=here)
    rows = {row["item_no"]: row for row in datasets.items if row["plan_id"] == plan.get("plan_id")}
    for item in truth["rows"]:
        row = rows.get(item["item_no"], {})
        marked = bool(row.get("needs_review")) or not row
        at = f"{here} item {item['item_no']}"
        right = [(name, _same(name, item[name], row.get(name))) for name in ROW_FIELDS if name in item]
        scores.add("plan row", all(same for _, same in right), marked=marked, where=at)
        for name, same in right:
            kind = "tick" if name in ("q1", "q2", "q3", "q4") else name
            scores.add(f"plan {kind}", same, marked=marked, where=at)


def _same(name: str, truth: Any, read: Any) -> bool:
    if truth is None or read is None:
        return truth is read
    if name == "number":
        return _number(str(truth)) == _number(str(read))
    if name == "date":
        return str(truth) == str(read)
    if isinstance(truth, (bool, int, float)):
        return float(truth) == float(read)
    one, other = (squeeze(to_arabic(str(text))) for text in (truth, read))
    return Levenshtein.distance(one, other) <= round(_SLIPS * len(one))


def _number(text: str) -> Any:
    parts = parse_number(text)
    return squeeze(text) if parts is None else (parts.agency_code, parts.is_circular, parts.running_number)


def lines_of(scores: Scores) -> Iterator[str]:
    """A table of the scores."""
    yield f"{'field':24}{'right':>8}{'of':>8}{'share':>9}{'wrong, unmarked':>18}"
    for name, count in scores.items():
        if not name.endswith("made up"):
            yield f"{name:24}{count.right:8}{count.of:8}{count.share:9.4f}{count.unmarked:18}"
    for name in ("reference", "link"):
        yield f"{name}s made up: {scores.get(f'{name} made up', Count()).of}"
