"""Intake: find input files, say what each one really is, and refuse what cannot be read.

Verbs: :func:`check_paths`, :func:`find_files`, :func:`hash_file` and :func:`examine` (with its
:class:`IntakeLimits`).
"""

from __future__ import annotations

from pipeline.intake.examine import examine
from pipeline.intake.find import check_paths, find_files
from pipeline.intake.limits import IntakeLimits
from pipeline.intake.regular import hash_file

__all__ = ["IntakeLimits", "check_paths", "examine", "find_files", "hash_file"]
