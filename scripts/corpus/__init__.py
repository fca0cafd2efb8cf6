"""The making of the shipped corpus: `python -m scripts.make_corpus` puts it together."""
