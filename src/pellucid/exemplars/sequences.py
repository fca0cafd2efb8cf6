"""Sequences: the rows of token ids that a subject reads, which of their positions count, and in which batches.

Position 0 never counts. Nor do positions whose whole context an earlier sequence had already, such as a system turn
that opens every chat: their activations are the very same, and are counted once.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from jaxtyping import Int, UInt, UInt8
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from pellucid.atlas.files import storing
from pellucid.core.errors import NotFound, StoreMismatch
from pellucid.exemplars.duplicates import mixed

FILE = "sequences.safetensors"


@dataclass(frozen=True)
class Sequences:
    """All sequences of a corpus, in the order in which its documents were taken."""

    ids: UInt[np.ndarray, "seq pos"]
    """Token ids, 0 past a sequence's length."""
    length: Int[np.ndarray, " seq"]
    fresh_from: Int[np.ndarray, " seq"]
    """First position that counts, at least 1: those before it have the context they had in an earlier sequence."""
    document: Int[np.ndarray, " seq"]
    """Row of the table of documents."""
    group: Int[np.ndarray, " seq"]
    """Near-duplicate documents share a group."""
    split: UInt8[np.ndarray, " seq"]
    """0 train, 1 valid, 2 test; all of a group in one."""

    def __len__(self) -> int:
        return len(self.length)

    @property
    def n_tokens(self) -> int:
        """Positions that count."""
        return int((self.length - self.fresh_from).sum())

    def counted(self, split: int | None = None) -> int:
        """Positions that count, in one split or in all."""
        of = slice(None) if split is None else self.split == split
        return int((self.length - self.fresh_from)[of].sum())

    def save(self, directory: Path) -> None:
        """Write the sequences as one safetensors file, whole or not at all.

        Raises:
            StoreFailed: The disk is full, or the directory cannot be written.
        """
        arrays = {f.name: np.ascontiguousarray(getattr(self, f.name)) for f in fields(self)}
        write_bytes(directory / FILE, save(arrays))

    @classmethod
    def open(cls, directory: Path) -> "Sequences":
        """The sequences that `save` wrote.

        Raises:
            NotFound: There are none.
            StoreMismatch: The file is damaged.
        """
        path = directory / FILE
        try:
            arrays = load_file(path)
            return cls(**{f.name: arrays[f.name] for f in fields(cls)})
        except FileNotFoundError as error:
            raise NotFound(f"there is no file {path}", instead="prepare the corpus") from error
        except (SafetensorError, KeyError) as error:
            raise StoreMismatch(
                f"{path} cannot be read",
                found=(str(error).strip().splitlines() or [type(error).__name__])[0],
                wanted="the sequences of a corpus",
                instead="delete it and prepare the corpus again",
            ) from error


@dataclass(frozen=True)
class Layout:
    """Which sequences are read together. Fixed by their lengths and a seed alone."""

    batches: tuple[Int[np.ndarray, " _"], ...]
    """Sequence numbers, each in one batch; those of a batch have similar lengths."""
    shard_batches: int
    """Batches a shard, the piece of work that one worker does at a time."""

    @property
    def n_shards(self) -> int:
        """How many shards there are."""
        return -(-len(self.batches) // self.shard_batches)

    def shard(self, i: int) -> tuple[Int[np.ndarray, " _"], ...]:
        """The batches of shard `i`."""
        return self.batches[i * self.shard_batches : (i + 1) * self.shard_batches]


def lay_out(
    length: Int[np.ndarray, " seq"],
    *,
    batch_tokens: int = 4096,
    shard_batches: int = 16,
    seed: int,
) -> Layout:
    """Batches of at most `batch_tokens` positions, padding included, in an order fixed by the seed.

    A sequence longer than `batch_tokens` is a batch of its own.
    """
    by_length = np.argsort(-length.astype(np.int64), kind="stable").astype(np.int32)
    batches: list[Int[np.ndarray, " _"]] = []
    at = 0
    while at < len(by_length):
        rows = max(batch_tokens // int(length[by_length[at]]), 1)
        batches.append(by_length[at : at + rows])
        at += rows
    with np.errstate(over="ignore"):
        start = mixed(np.array([seed % (1 << 64)], dtype=np.uint64))
        order = np.argsort(mixed(start + np.arange(len(batches), dtype=np.uint64)), kind="stable")
    return Layout(tuple(batches[i] for i in order), shard_batches)


def first_new(
    ids: UInt[np.ndarray, "seq pos"], length: Int[np.ndarray, " seq"]
) -> Int[np.ndarray, " seq"]:
    """The length of the longest beginning that each sequence has in common with any sequence before it.

    All positions at a time: sequences with the same beginning are a class, and the next token divides it. The first
    of a class has something new there.
    """
    new = length.astype(np.int32)
    active = np.arange(len(ids))
    group = np.zeros(len(ids), dtype=np.int64)
    base = int(ids.max(initial=0)) + 1
    for pos in range(ids.shape[1]):
        active = active[length[active] > pos]
        if not active.size:
            break
        key = group[active] * base + ids[active, pos].astype(np.int64)
        _, first, inverse, count = np.unique(
            key, return_index=True, return_inverse=True, return_counts=True
        )
        firsts = active[first]
        new[firsts] = np.minimum(new[firsts], pos)
        group[active] = inverse
        active = active[count[inverse] > 1]
    return new


def padded(rows: Sequence[UInt[np.ndarray, " _"]], seq_len: int) -> UInt[np.ndarray, "seq pos"]:
    """Rows of ids side by side, with 0 behind each."""
    ids = np.zeros((len(rows), seq_len), dtype=np.uint32)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
    return ids


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half-written, not even after a power cut."""
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
