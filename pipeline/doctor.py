"""What an installation needs: what is there, what is missing, and how to mend it.

Nothing is imported here that may be missing: it is looked for when it is its turn.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pipeline.errors import MissingToolError

_PACKAGES = {
    "opencv-python": "cv2",
    "pdf2image": "pdf2image",
    "pytesseract": "pytesseract",
    "pythainlp": "pythainlp",
    "pandas": "pandas",
    "prefect": "prefect",
    "onnxruntime": "onnxruntime",
    "pyarrow": "pyarrow",
    "sqlalchemy": "sqlalchemy",
    "pypdf": "pypdf",
    "networkx": "networkx",
    "starlette": "starlette",
}
"""Packages that read, keep, connect and serve, by the names of their modules."""

_TESSERACT_LANGUAGES = ("tha", "eng", "osd")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``remedy`` says what to do where it is not ``fine``."""

    name: str
    fine: bool
    found: str
    remedy: str = ""


def examine_installation() -> tuple[Check, ...]:
    """Look at every program, package and model that a run needs."""
    return (
        _program("pdftoppm", "-v", "apt-get install poppler-utils"),
        _program("tesseract", "--version", "apt-get install tesseract-ocr"),
        _guarded("Tesseract languages", _languages, "apt-get install tesseract-ocr-tha tesseract-ocr-eng"),
        _guarded("Thai recogniser", _recogniser, "install the package again: its model file is missing"),
        _guarded("Thai fonts", _thai_fonts, "apt-get install fonts-thai-tlwg"),
        *(_guarded(name, partial(_package, name), f"pip install {name}") for name in _PACKAGES),
    )


def _program(name: str, version_option: str, remedy: str) -> Check:
    where = shutil.which(name)
    if where is None:
        return Check(name, False, "not found", remedy)
    shown = subprocess.run([where, version_option], capture_output=True, text=True, timeout=20, check=False)
    first_line = (shown.stdout or shown.stderr).strip().splitlines()[:1]
    return Check(name, True, first_line[0] if first_line else where)


def _guarded(name: str, look: Callable[[], str], remedy: str) -> Check:
    try:
        return Check(name, True, look())
    except (MissingToolError, OSError, ImportError) as error:
        return Check(name, False, str(error) or "not found", remedy)


def _package(name: str) -> str:
    """Its version; raises ``ImportError`` where it is not there or cannot be loaded."""
    importlib.import_module(_PACKAGES[name])
    return importlib.metadata.version(name)


def _recogniser() -> str:
    from pipeline.ocr import model_version

    return model_version()


def _languages() -> str:
    import pytesseract

    try:
        have = set(pytesseract.get_languages())
    except pytesseract.TesseractNotFoundError as error:
        raise MissingToolError("tesseract is not installed") from error
    missing = [language for language in _TESSERACT_LANGUAGES if language not in have]
    if missing:
        raise MissingToolError(f"missing: {', '.join(missing)}")
    return ", ".join(sorted(have))


def _thai_fonts() -> str:
    listed = subprocess.run(
        ["fc-list", ":lang=th", "family"], capture_output=True, text=True, timeout=20, check=False
    )
    families = sorted({line.split(",")[0] for line in listed.stdout.splitlines() if line})
    if not families:
        raise MissingToolError("no font for Thai; pictures of the citation graph would show boxes")
    return f"{len(families)} families, such as {families[0]}"
