"""What token ids stand for, without a tokenizer: their bytes."""

import codecs
from collections.abc import Iterable

import pyarrow as pa


class Vocabulary:
    """The bytes of every id."""

    def __init__(self, pieces: pa.Array) -> None:
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    def bytes_of(self, id_: int) -> bytes:
        """What the id stands for.

        Raises:
            IndexError: The vocabulary has no such id.
        """
        if id_ < 0:
            raise IndexError(id_)
        return self._pieces[id_].as_py()

    def text(self, id_: int) -> str:
        """The id by itself; parts of characters become replacement characters."""
        return self.bytes_of(id_).decode("utf-8", "replace")

    def texts(self, ids: Iterable[int]) -> list[str]:
        """One text an id; joined, they are the text of all. An incomplete character waits for its last id."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        out = [decoder.decode(self.bytes_of(id_)) for id_ in ids]
        if out:
            out[-1] += decoder.decode(b"", final=True)
        return out
