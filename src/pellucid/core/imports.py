"""One thread at a time imports the large libraries: `transformers` fails when two do so at once."""

import threading

HEAVY = threading.RLock()
"""Held while `torch`, `transformers` or what is built on them is imported."""
