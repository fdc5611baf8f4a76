"""Floors under the scores of a set: no change may lower them unawares.

A set is known by the hash of its scans and truth, so that other scans have other floors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.fields.score import Scores

FILE = Path(__file__).with_name("floors.json")


def set_hash(files: Iterable[Path]) -> str:
    """The hash of a set's files, whatever their order."""
    hashes = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]


def below(scores: Scores, name: str) -> list[str] | None:
    """What of ``scores`` is under the floors of the set ``name``; None where it has no floors."""
    floors = _held().get(name)
    if floors is None:
        return None
    return [
        f"{field}: {scores[field].right if field in scores else 0} right, the floor is {floor}"
        for field, floor in floors.items()
        if field not in scores or scores[field].right < floor
    ]


def pin(scores: Scores, name: str) -> None:
    """Make ``scores`` the floors of the set ``name``, higher or lower than before."""
    floors = _held() | {name: {field: count.right for field, count in scores.items() if count.right}}
    FILE.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def _held() -> dict[str, dict[str, int]]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}
