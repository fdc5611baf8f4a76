"""Line image to text, with what each character might be otherwise.

:class:`NeuralRecogniser` is the project's own; :class:`TesseractRecogniser` is there to compare with.
"""

from pipeline.ocr.dirt import without_dirt
from pipeline.ocr.neural import NeuralRecogniser, model_version
from pipeline.ocr.recogniser import Recogniser
from pipeline.ocr.tesseract import TesseractRecogniser

__all__ = ["NeuralRecogniser", "Recogniser", "TesseractRecogniser", "model_version", "without_dirt"]
