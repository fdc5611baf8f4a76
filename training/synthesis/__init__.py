"""Synthetic lines of Thai official text, as scans show them, with the truth about each.

:class:`LineSource` gives :class:`SyntheticLine` without end; :data:`ALPHABET` is every character
that their texts may hold, in a fixed order.
"""

from training.synthesis.alphabet import ALPHABET
from training.synthesis.source import LineSource, SyntheticLine

__all__ = ["ALPHABET", "LineSource", "SyntheticLine"]
