"""Rendered bundles as files: PDF pages as a scanner keeps them, and truth as JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

from samples.render import RenderedBundle
from samples.scan import Mode, jpeg_quality

# A fixed date, so that the same bundle gives the same bytes.
_MADE = time.gmtime(0)


def write_pdf(rendered: RenderedBundle, path: Path) -> None:
    """Write the pages as a PDF of images: JPEG, or CCITT Group 4 where they are black and white.

    Page sizes are those of the paper. The same bundle gives the same bytes of pixels.
    """
    pages = [Image.fromarray(page.image) for page in rendered.pages]
    if rendered.style.mode is Mode.BILEVEL:
        pages = [page.convert("1") for page in pages]
    # Group 4 takes no quality, and Pillow refuses one.
    quality = {} if rendered.style.mode is Mode.BILEVEL else {"quality": jpeg_quality(rendered.style)}
    first, *rest = pages
    first.save(
        path,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=float(rendered.style.dpi),
        title=path.stem,
        creationDate=_MADE,
        modDate=_MADE,
        **quality,
    )


def write_truth(truths: Iterable[dict[str, Any]], path: Path) -> None:
    """Write the truth about several files as one JSON file."""
    path.write_text(
        json.dumps({"files": list(truths)}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
