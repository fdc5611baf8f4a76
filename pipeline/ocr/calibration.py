"""Making a confidence mean what it says."""

from __future__ import annotations

import math
from dataclasses import dataclass

_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling (Platt, 1999): a raw probability's log-odds, stretched and shifted.

    Fitted on held-out lines by ``training/calibrate.py`` and stored in the model file.

    >>> round(Calibration(1.0, 0.0)(0.25), 3)
    0.25
    >>> round(Calibration(0.5, 0.0)(0.9), 3)
    0.75
    """

    slope: float
    shift: float

    def __call__(self, raw: float) -> float:
        raw = min(max(raw, _EDGE), 1.0 - _EDGE)
        log_odds = math.log(raw) - math.log1p(-raw)
        return 1.0 / (1.0 + math.exp(-(self.slope * log_odds + self.shift)))
