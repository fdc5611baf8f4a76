"""Saraban: scanned Thai official letters (หนังสือราชการ) into data that one can query.

The packages below are the stages, in the order in which data flows::

    intake → pages → layout → ocr → letters, plans → citations → catalog

``model`` holds the frozen types handed from stage to stage, ``errors`` what can go wrong, ``thai`` the facts
of the language, ``lattice`` the search in what the recogniser thinks possible; small modules beside them
serve several stages. A stage imports those and never a sibling stage. ``reading`` calls the stages for one
file, ``file_reader`` does so in worker processes (``isolation``), ``run`` for a whole batch, with ``connect``
for the citations. ``checking`` is the page on which people correct what was read.
"""

__version__ = "0.10.0"
