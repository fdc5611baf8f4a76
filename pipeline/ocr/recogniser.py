"""What every recogniser is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.model import GreyImage, Line, LineRegion


class Recogniser(Protocol):
    """Reads lines of a page. ``name`` and ``version`` tell in the catalog who read a file."""

    @property
    def name(self) -> str:
        """The engine, such as ``saraban``; stored in each line as its ``engine``."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the engine may read otherwise than before."""
        ...

    def read(self, image: GreyImage, regions: Sequence[LineRegion]) -> tuple[Line, ...]:
        """The lines of ``regions`` on the page ``image`` (HxW uint8), in the order given."""
        ...
