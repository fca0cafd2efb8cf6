"""Builds the lexicon's classes from hand-written lists and WordNet."""
