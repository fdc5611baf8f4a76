"""Reading the tables beside this file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> Any:
    """The table ``name``, such as ``people`` or ``provinces``: a JSON file of this folder.

    Names of people are invented; offices and their agency letters are real, what they write is not.
    """
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
