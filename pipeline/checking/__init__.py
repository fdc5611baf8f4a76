"""The page on which people check what was read, confirm or correct it: ``saraban check``.

It stands beside :mod:`pipeline.run`: it knows the catalog and the stages, and nobody but the command line
knows it. Verb: :func:`serve`.
"""

from pipeline.checking.serving import serve

__all__ = ["serve"]
