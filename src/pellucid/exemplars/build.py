"""`pellucid atlas build`: from a subject and corpora to an atlas, in a directory of its own that survives interruption.

build/job.json                what the result depends on; where something was read, another job does not go on here
build/corpus/                 the sequences, whole or not there
build/state.N/                what N shards showed: all splits' rankings, sketches, sums
build/samples.SPLIT.npy       activations of sampled sequences
build/token_means.npy         mean activation of every unit for each token of `token_ids.npy`, float16
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pellucid.atlas import Manifest, write_evidence
from pellucid.atlas.files import storing
from pellucid.core.errors import ForeignStore, NotFound, StoreMismatch
from pellucid.exemplars.collect import MIN_SEEN, N_SAMPLED, Evidence, Plan, make_plan
from pellucid.exemplars.corpus import Corpus, CorpusReport, CorpusSpec, prepare
from pellucid.exemplars.finish import atlas_evidence, making_of
from pellucid.exemplars.job import CHECKPOINT_S, LocalReader, ShardReader, Tell, collect
from pellucid.exemplars.prepared import MANIFEST as CORPUS
from pellucid.exemplars.ranking import KEPT, WANTED, WINDOW
from pellucid.exemplars.readers import fingerprint
from pellucid.exemplars.sequences import lay_out
from pellucid.exemplars.state import has_state, load_state, save_state
from pellucid.features import FeatureSource, source_info
from pellucid.subject import Subject
from pellucid.subject.files import write_atomically

FORMAT = 1
THREADS = 2


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is to be built; everything that its result depends on, beside the subject and the source."""

    corpora: tuple[str, ...]
    """As a person names them; see `readers.CorpusSpec`."""
    n_tokens: int
    """Positions that count."""
    seed: int = 0
    seq_len: int = 128
    batch_tokens: int = 4096
    shard_batches: int = 8
    threads: int = THREADS
    """CPU threads of a forward pass: how many there are changes the last bits of its sums."""
    token_means: bool = True


@dataclass(frozen=True)
class Prepared:
    """A job whose corpus is ready."""

    request: BuildRequest
    corpus: Corpus
    plan: Plan
    directory: Path


def prepare_build(
    subject: Subject, source: FeatureSource, request: BuildRequest, directory: Path
) -> Prepared:
    """The corpus and the plan of a build, made or taken from where an earlier run left them.

    Raises:
        InvalidRequest: There is no text in the corpora.
        ForeignStore: The directory is another job's, of which something was read already.
        StoreFailed: It cannot be written.
    """
    _take(directory, _identity(subject, source, request))
    corpus = _corpus(subject, request, directory / "corpus")
    layout = lay_out(
        corpus.sequences.length,
        batch_tokens=request.batch_tokens,
        shard_batches=request.shard_batches,
        seed=request.seed,
    )
    plan = make_plan(corpus.sequences, layout, request.seed, token_means=request.token_means)
    return Prepared(request, corpus, plan, directory)


def build(
    subject: Subject,
    source: FeatureSource,
    prepared: Prepared,
    out: Path,
    *,
    reader: ShardReader | None = None,
    tell: Tell = lambda _: None,
    stage: Callable[[str], None] = lambda _: None,
    checkpoint_s: float = CHECKPOINT_S,
) -> Manifest:
    """The atlas at `out`, from where an earlier run stopped; the same bytes however often it was interrupted.

    Raises:
        StoreFailed: The disk is full.
        StoreMismatch: A file of the build is damaged.
        Unsupported: An activation is not a number.
    """
    request, plan = prepared.request, prepared.plan
    with threads_of(request.threads):
        evidence = collect(
            reader or LocalReader(subject, source, plan),
            source,
            plan,
            prepared.directory,
            tell=tell,
            checkpoint_s=checkpoint_s,
        )
    stage("conditional means")
    evidence = keep_token_means(prepared, evidence)
    stage("exemplars, quantiles, output directions")
    found = atlas_evidence(subject, source, prepared.corpus, plan, evidence)
    making = making_of(
        subject,
        prepared.corpus,
        plan,
        seed=request.seed,
        batch_tokens=request.batch_tokens,
        threads=request.threads,
    )
    stage("writing the atlas")
    return write_evidence(out, found, making)


@contextmanager
def threads_of(n: int) -> Iterator[None]:
    """Forward passes inside the block use `n` threads of the CPU."""
    before = torch.get_num_threads()
    torch.set_num_threads(n)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def keep_token_means(prepared: Prepared, evidence: Evidence) -> Evidence:
    """Write the conditional means, then drop the sums that they were made from."""
    plan, directory = prepared.plan, prepared.directory
    if not len(evidence.sums[0].by_token):
        return evidence
    n_units = evidence.sums[0].by_token.shape[1]
    part, final = directory / "token_means.part.npy", directory / "token_means.npy"
    with storing(directory):
        shape = (len(evidence.sums), plan.n_token_rows, n_units)
        means = np.lib.format.open_memmap(part, mode="w+", dtype=np.float16, shape=shape)
        for place, sums in enumerate(evidence.sums):
            means[place] = np.clip(sums.by_token / plan.token_count[:, None], -65504, 65504).astype(
                np.float16
            )
        means.flush()
        part.replace(final)
        ids = np.flatnonzero(plan.token_row >= 0).astype(np.int32)
        np.save(directory / "token_ids.npy", ids)
    lean = tuple(replace(sums, by_token=sums.by_token[:0]) for sums in evidence.sums)
    kept = replace(evidence, sums=lean)
    save_state(directory, kept, plan.layout.n_shards)
    return kept


def open_evidence(directory: Path) -> Evidence:
    """What a finished build holds of all splits, memory-mapped.

    Raises:
        NotFound: No state is there.
    """
    found = load_state(directory, mapped=True)
    if found is None:
        raise NotFound(f"{directory} holds no evidence", instead="build the atlas first")
    return found[0]


def _corpus(subject: Subject, request: BuildRequest, directory: Path) -> Corpus:
    try:
        return Corpus.open(directory)
    except NotFound:
        return prepare(
            request.corpora,
            subject.codec,
            request.n_tokens,
            request.seq_len,
            request.seed,
            directory,
        )


def _identity(subject: Subject, source: FeatureSource, request: BuildRequest) -> dict[str, Any]:
    of_source = asdict(source_info(source)) | {
        "layers": list(source.layers),
        "signs": list(source.signs),
    }
    if source.hash is None:
        del of_source["hash"]
    return {
        "format": FORMAT,
        "subject": subject.hash,
        "dtype": subject.dtype,
        "source": of_source,
        "request": asdict(request) | {"corpora": list(request.corpora)},
        "corpora": {name: fingerprint(CorpusSpec.parse(name)) for name in request.corpora},
        "collected": {"kept": KEPT, "wanted": WANTED, "window": WINDOW, "sampled": N_SAMPLED, "min_seen": MIN_SEEN},
    }  # fmt: skip


def _take(directory: Path, wanted: dict[str, Any]) -> None:
    """Make the directory this job's. Of another job it may hold a corpus, but nothing that was read."""
    path = directory / "job.json"
    if path.is_file():
        found = _job(path)
        keys: Sequence[str] = [key for key in wanted if not _same(found.get(key), wanted[key])]
        if not keys:
            return
        if has_state(directory):
            raise ForeignStore(
                f"{directory} is the build of another job",
                found=", ".join(f"{key} {found.get(key)}" for key in keys),
                wanted=", ".join(f"{key} {wanted[key]}" for key in keys),
                instead="name another --build-dir, or remove this one",
            )
    with storing(path):
        (directory / "corpus" / CORPUS).unlink(missing_ok=True)
        write_atomically(path, json.dumps(wanted, indent=1))


def _job(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
        if not isinstance(found, dict):
            raise TypeError(type(found).__name__)
    except (OSError, ValueError, TypeError) as error:
        raise StoreMismatch(
            f"{path} cannot be read", found=str(error), wanted="the job of a build"
        ) from error
    return found


def _same(found: Any, wanted: Any) -> bool:
    """Whether two values are equal, as far as both are known: a corpus may be gone once it was prepared."""
    if isinstance(found, dict) and isinstance(wanted, dict) and found.keys() == wanted.keys():
        return all(_same(found[key], wanted[key]) for key in wanted)
    return found is None or wanted is None or found == wanted


__all__ = ["BuildRequest", "CorpusReport", "Prepared", "build", "open_evidence", "prepare_build"]
