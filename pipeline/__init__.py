"""Saraban: scanned Thai official letters (หนังสือราชการ) into data that one can query.

The packages below are the stages, in the order in which data flows::

    intake → pages → layout → ocr → letters, plans → citations → catalog

``model`` holds the frozen types handed from stage to stage, ``errors`` what can go wrong,
``thai`` the facts of the language. A stage imports those and never a sibling stage;
``run`` alone calls the stages in order, with ``connect`` for the citations.
"""

__version__ = "0.6.0"
