"""Pages: from a source file to clean page images, one page at a time.

Verbs: :func:`load_page` rasterises, :func:`clean` makes a page upright,
straight and even and parts its inks, :func:`upright` only turns it, for people to look at, and
:func:`read_transcript` makes pages of text transcripts.
"""

from __future__ import annotations

from pipeline.pages.cleaning import clean
from pipeline.pages.raw import load_page
from pipeline.pages.transcript import read_transcript
from pipeline.pages.upright import upright

__all__ = ["clean", "load_page", "read_transcript", "upright"]
