"""Words that invented bundles are made of: offices, people, topics and phrases, as JSON tables."""

from samples.vocabulary.tables import table

__all__ = ["table"]
