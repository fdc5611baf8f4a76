"""Property tests measure no time: the first example compiles patterns and loads tables."""

from hypothesis import settings

settings.register_profile("thai", deadline=None)
settings.load_profile("thai")
