"""Scan-like sample bundles of Thai official letters, drawn with their truth.

>>> bundle = random_bundle(seed=7)
>>> len(bundle.documents) >= 4
True
"""

from samples.files import write_pdf, write_truth
from samples.generate import random_bundle
from samples.render import render_bundle

__all__ = ["random_bundle", "render_bundle", "write_pdf", "write_truth"]
