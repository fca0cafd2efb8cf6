"""Which documents of the corpora are taken, and in which order: fixed by the seed and by what the documents say.

Of a corpus in files, every document has a place given by a hash of seed and content, and the first ones are kept, as
many as the tokens asked for can need: memory is bounded, and neither the order of files nor of lines matters.
A data set of the hub is read from its first record on, and only as far as needed.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pellucid.exemplars.documents import Document, Tally, named
from pellucid.exemplars.duplicates import share_of
from pellucid.exemplars.encoding import Encoded, Encoder
from pellucid.exemplars.readers import CorpusSpec, read

_AHEAD = 256
"""Documents tokenised at once."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The first documents of one corpus."""

    spec: CorpusSpec
    documents: list[Document]
    """In the order in which they are taken, no two with the same content."""
    more: bool
    """Whether the corpus holds more than these."""


def gather(spec: CorpusSpec, n_chars: int, seed: int, tally: Tally) -> Gathered:
    """The documents of a corpus that come first, of at least `n_chars` characters where it has them."""
    heap: list[tuple[float, str]] = []
    kept: dict[str, Document] = {}
    chars = 0
    more = False
    for document in read(spec, tally):
        if document.sha in kept:
            tally.note("duplicate", named(document))
            continue
        if spec.streamed and chars >= n_chars:
            more = True
            break
        # The heap's first entry is the document that comes last.
        heapq.heappush(heap, (-share_of(seed, "order", document.sha), document.sha))
        kept[document.sha] = document
        chars += len(document.content)
        while chars - len(kept[heap[0][1]].content) >= n_chars and not spec.streamed:
            chars -= len(kept.pop(heapq.heappop(heap)[1]).content)
            more = True
    order = [sha for _, sha in sorted(heap, reverse=True)]
    return Gathered(spec, [kept[sha] for sha in order], more)


def take(gathered: Sequence[Gathered], encoder: Encoder, tally: Tally) -> Iterator[Encoded]:
    """All documents, mixed: the next one is of the corpus that is furthest behind its weight, in positions read."""
    streams = [_encoded(corpus.documents, encoder) for corpus in gathered]
    n_read = [0] * len(gathered)
    open_: set[int] = set(range(len(gathered)))
    seen: set[str] = set()
    while open_:
        i = min(open_, key=lambda i: (n_read[i] / gathered[i].spec.weight, i))
        encoded = next(streams[i], None)
        if encoded is None:
            open_.remove(i)
        elif encoded.document.sha in seen:
            tally.note("duplicate", named(encoded.document))
        else:
            seen.add(encoded.document.sha)
            n_read[i] += encoded.n_read
            yield encoded


def _encoded(documents: Sequence[Document], encoder: Encoder) -> Iterator[Encoded]:
    for at in range(0, len(documents), _AHEAD):
        yield from encoder.encode(documents[at : at + _AHEAD])
