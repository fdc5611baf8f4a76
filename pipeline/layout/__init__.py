"""Page image to regions: lines of text, table grids with their ticks, stamps and signatures."""

from __future__ import annotations

from pipeline.layout.find import find_layout

__all__ = ["find_layout"]
