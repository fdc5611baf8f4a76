"""Values as the tables hold them.

Probabilities are kept to four decimals, boxes to a tenth of a pixel: more would say nothing, and the
last bits of a network's output differ between machines, which would break byte-identical datasets.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from pathlib import Path
from typing import Any

from pipeline.model import Box


def path_text(path: Path | str) -> str:
    """A path as text: what no dataset could hold (bytes that are not UTF-8, carriage returns) becomes
    ``\\xNN``.

    >>> path_text(Path("สแกน 1.pdf"))
    'สแกน 1.pdf'
    >>> print(path_text(Path(os.fsdecode(b"scan-\\xff.pdf"))))
    scan-\\xff.pdf
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace("\r", r"\x0d")


def paths_meant(text: str) -> tuple[Path, ...]:
    """The paths that :func:`path_text` may have written so.

    >>> len(paths_meant("สแกน 1.pdf")), len(paths_meant(r"scan-\\xff.pdf"))
    (1, 2)
    """
    raw = _ESCAPED_BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), text.encode())
    return tuple(dict.fromkeys((Path(text), Path(os.fsdecode(raw)))))


_ESCAPED_BYTE = re.compile(rb"\\x([0-9a-f]{2})")
"""A byte of a path that is not UTF-8, as ``path_text`` writes it: ``\\xff``."""


def absolute_text(path: Path | str) -> str:
    """The absolute path as text, links left as they are."""
    # Path.resolve would follow links, and Path.absolute keeps "..".
    return path_text(os.path.abspath(path))  # noqa: PTH100


def clean_text(text: str | None) -> str | None:
    """Text that every reader of the datasets takes: lines end with a line feed alone, NUL becomes U+FFFD,
    lone surrogates are written out.

    >>> clean_text("ก\\r\\nข\\x00")
    'ก\\nข\ufffd'
    """
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\ufffd")


def json_text(value: Any) -> str:
    """JSON on one line, keys sorted, Thai left readable."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def file_id(path: Path | str, sha256: str | None) -> str:
    """The id of a file: its hash, or one made from its absolute path where it has none."""
    if sha256 is not None:
        return sha256
    return unhashed_id(absolute_text(path))


def unhashed_id(place: str) -> str:
    """The id of a file whose bytes cannot be read, from its absolute path."""
    return "path-" + hashlib.sha256(place.encode()).hexdigest()[:16]


def probability(value: float) -> float:
    return round(float(value), 4)


def whole(value: int | None) -> int | None:
    """A whole number that the database can hold; a run of misread digits can be longer than that."""
    return None if value is None or abs(value) >= 2**63 else int(value)


def amount(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def edges(box: Box | None) -> dict[str, float | None]:
    if box is None:
        return dict.fromkeys(("x0", "y0", "x1", "y1"))
    return {name: round(float(getattr(box, name)), 1) for name in ("x0", "y0", "x1", "y1")}


def alternatives_text(alternatives: tuple[tuple[str, float], ...]) -> str | None:
    return clean_text(json_text([[text, probability(p)] for text, p in alternatives]))
