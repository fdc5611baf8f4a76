"""Reading a recogniser's lattice: freely, under a grammar, or to weigh given texts.

A lattice holds, for each step of a line, the likeliest symbols with the natural logarithm of their
probability; symbol 0 is the blank of connectionist temporal classification (Graves et al., 2006):
a text is any path with repeats merged and blanks dropped. What a grammar rules out because the page is
damaged, :func:`weigh` still reads: it asks which of the words that must stand there the lattice is least
unlike.
"""

from pipeline.lattice.pieces import between, joined, of_text
from pipeline.lattice.search import best, decode
from pipeline.lattice.texts import score
from pipeline.lattice.words import weigh

__all__ = ["best", "between", "decode", "joined", "of_text", "score", "weigh"]
