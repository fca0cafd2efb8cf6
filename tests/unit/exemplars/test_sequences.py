"""Documents become sequences in which every position counts once, in batches that read each sequence once."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.core.errors import InvalidRequest, NotFound, StoreMismatch
from pellucid.core.records import Conversation, Message
from pellucid.exemplars import documents as documents_module
from pellucid.exemplars.corpus import Corpus, CorpusSpec, prepare
from pellucid.exemplars.encoding import separator_of
from pellucid.exemplars.sequences import Sequences, first_new, lay_out, padded
from pellucid.subject.codec import Codec
from tests.builders import CHATML, make_tokenizer

WORDS = "the quick brown fox jumps over lazy dog spider eight legs a of in is and"
CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]


def codec(template: str | None = CHATML, **tokens: str | None) -> Codec:
    tokenizer = copy.deepcopy(make_tokenizer())
    tokenizer.chat_template = template
    for name, token in tokens.items():
        setattr(tokenizer, name, token)
    return Codec(tokenizer, 384)


def text(rng: random.Random, n: int = 60) -> str:
    return " ".join(rng.choice(WORDS.split()) for _ in range(n))


def corpus_file(path: Path, *contents: Any) -> Path:
    keyed = [{"text": c} if isinstance(c, str) else {"messages": c} for c in contents]
    path.write_text("".join(json.dumps(record) + "\n" for record in keyed))
    return path


def texts_file(path: Path, n: int, seed: int = 0) -> Path:
    rng = random.Random(seed)
    return corpus_file(path, *(text(rng) for _ in range(n)))


def made(tmp_path: Path, *specs: Any, n: int = 10**6, seq_len: int = 32, seed: int = 0, **kw: Any):
    texts = [spec if isinstance(spec, CorpusSpec) else str(spec) for spec in specs]
    return prepare(texts, kw.pop("codec", codec()), n, seq_len, seed, tmp_path / "out")


# Which positions count


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=6), max_size=12))
def test_the_first_new_position_is_what_brute_force_finds(rows: list[list[int]]):
    arrays = [np.array(row, dtype=np.uint32) for row in rows]
    found = first_new(padded(arrays, 6), np.array([len(row) for row in rows], dtype=np.int32))
    for i, row in enumerate(rows):
        common = 0
        for earlier in rows[:i]:
            n = 0
            while n < min(len(row), len(earlier)) and row[n] == earlier[n]:
                n += 1
            common = max(common, n)
        assert found[i] == common


def test_every_context_counts_exactly_once(tmp_path: Path):
    rng = random.Random(0)
    chats = [[{"role": "user", "content": text(rng, 8)}, CHAT[1]] for _ in range(30)]
    texts = [text(rng, 20) for _ in range(10)]
    s = made(
        tmp_path, corpus_file(tmp_path / "c.jsonl", *chats, *texts, *(t + " dog" for t in texts))
    ).sequences
    contexts = [
        tuple(s.ids[i, : pos + 1].tolist())
        for i in range(len(s))
        for pos in range(int(s.fresh_from[i]), int(s.length[i]))
    ]
    assert len(contexts) == len(set(contexts)) == s.n_tokens
    everything = {
        tuple(s.ids[i, : pos + 1].tolist()) for i in range(len(s)) for pos in range(1, s.length[i])
    }
    assert set(contexts) == everything
    assert (s.fresh_from >= 1).all() and (s.fresh_from < s.length).all()
    assert sum(s.counted(split) for split in (0, 1, 2)) == s.counted() == s.n_tokens


# What is read


def test_a_text_is_cut_one_sequence_after_the_other_with_a_separator(tmp_path: Path):
    whole = text(random.Random(1), 200)
    s = made(tmp_path, corpus_file(tmp_path / "c.jsonl", whole)).sequences
    c = codec()
    assert (
        s.ids[:, 0] == 0
    ).all()  # <|endoftext|>, not the <|im_start|> that the tokenizer calls its start
    joined = [id_ for row, n in zip(s.ids, s.length, strict=True) for id_ in row[1:n].tolist()]
    assert joined == c.literal(whole)
    assert (s.length[:-1] == 32).all()
    assert all((row[n:] == 0).all() for row, n in zip(s.ids, s.length, strict=True))


def test_a_chat_goes_through_the_template_and_is_continued_behind_a_separator(tmp_path: Path):
    chat = [{"role": "user", "content": text(random.Random(2), 80)}, CHAT[1]]
    s = made(tmp_path, corpus_file(tmp_path / "c.jsonl", chat)).sequences
    messages = tuple(Message.model_validate(turn) for turn in chat)
    ids = list(codec().read(Conversation(messages=messages)).ids)
    assert s.ids[0].tolist() == ids[:32] and s.ids[1, 0] == 0
    rest = [
        id_ for row, n in zip(s.ids[1:], s.length[1:], strict=True) for id_ in row[1:n].tolist()
    ]
    assert ids[:32] + rest == ids


def test_control_tokens_in_a_text_stay_text(tmp_path: Path):
    typed = "<|im_start|>system <|endoftext|>"
    s = made(tmp_path, corpus_file(tmp_path / "c.jsonl", typed)).sequences
    written = [id_ for row, n in zip(s.ids, s.length, strict=True) for id_ in row[1:n].tolist()]
    assert not set(written) & codec().control_ids
    assert "".join(codec().texts(written)) == typed


def test_a_chat_without_template_is_read_as_text_and_that_is_said(tmp_path: Path):
    corpus = made(tmp_path, corpus_file(tmp_path / "c.jsonl", CHAT), codec=codec(None))
    ids = corpus.sequences.ids[0, 1 : corpus.sequences.length[0]].tolist()
    assert "".join(codec().texts(ids)) == "user: Hi\nassistant: Hello!"
    assert corpus.report.counts == {"plain": 1}
    assert any("no chat template" in line for line in corpus.report.lines())


def test_a_chat_that_the_template_refuses_is_counted(tmp_path: Path):
    refusing = (
        CHATML + "{% if messages[0]['content'] == 'no' %}{{ raise_exception('never') }}{% endif %}"
    )
    bad = [{"role": "user", "content": "no"}]
    alone = [{"role": "assistant", "content": "x"}]
    path = corpus_file(tmp_path / "c.jsonl", bad, CHAT, alone)
    corpus = made(tmp_path, path, codec=codec(refusing))
    assert corpus.report.n_documents == 1 and corpus.report.counts == {"refused": 2}


@pytest.mark.parametrize(
    ("template", "tokens", "expected"),
    [
        (CHATML, {}, 0),
        (None, {}, 1),
        (CHATML.replace("<|im_start|>", "[turn]"), {}, 1),
        (None, {"bos_token": None}, 0),
        (None, {"bos_token": None, "eos_token": None}, 0),
    ],
)
def test_the_separator_is_what_stood_between_documents(
    template: str | None, tokens: dict[str, str | None], expected: int
):
    assert separator_of(codec(template, **tokens)) == expected


def test_a_tokenizer_without_such_a_token_has_no_separator(tmp_path: Path):
    c = codec(None, bos_token=None, eos_token=None)
    c.control_ids = frozenset()
    assert separator_of(c) is None
    s = made(tmp_path, corpus_file(tmp_path / "c.jsonl", "the quick brown fox"), codec=c).sequences
    assert s.ids[0, : s.length[0]].tolist() == c.literal("the quick brown fox")


# Which documents


def test_exactly_as_many_positions_count_as_asked(tmp_path: Path):
    path = texts_file(tmp_path / "c.jsonl", 200)
    for n in (1, 50, 1234):
        corpus = made(tmp_path, path, n=n)
        assert corpus.sequences.n_tokens == corpus.report.n_tokens == n
        assert not corpus.report.smaller


def test_a_corpus_smaller_than_asked_is_taken_whole_and_that_is_said(tmp_path: Path):
    path = texts_file(tmp_path / "c.jsonl", 10)
    corpus = made(tmp_path, path, n=10**6)
    assert corpus.report.smaller and corpus.report.n_documents == 10
    assert any("less than the 1,000,000 tokens" in line for line in corpus.report.lines())


def test_a_longer_corpus_begins_with_the_shorter_one(tmp_path: Path):
    path = texts_file(tmp_path / "c.jsonl", 300)
    long, short = (made(tmp_path, path, n=n).sequences for n in (4000, 1000))
    n = len(short) - 1  # the last one is cut
    assert (long.ids[:n] == short.ids[:n]).all()


def test_neither_the_order_of_lines_nor_of_files_matters(tmp_path: Path):
    rng = random.Random(4)
    texts = [text(rng) for _ in range(60)]
    for name, order in (("one", texts), ("two", rng.sample(texts, 60))):
        (tmp_path / name / "c").mkdir(parents=True)
        corpus_file(tmp_path / name / "c" / "a.jsonl", *order[:25])
        corpus_file(tmp_path / name / "c" / "b.jsonl", *order[25:])
    one, two = (made(tmp_path, tmp_path / name / "c", n=1500) for name in ("one", "two"))
    assert (one.sequences.ids == two.sequences.ids).all()
    assert (one.sequences.split == two.sequences.split).all()
    other = made(tmp_path, tmp_path / "one" / "c", n=1500, seed=1)
    assert other.hash != one.hash


def test_corpora_are_mixed_by_weight_and_the_order_of_naming_does_not_matter(tmp_path: Path):
    a, b = (texts_file(tmp_path / f"{name}.jsonl", 300, seed) for seed, name in enumerate("ab"))
    corpus = made(tmp_path, f"{a}@3", f"{b}@1", n=8000)
    tokens = {name: sum(by.values()) for name, by in corpus.report.tokens.items()}
    assert tokens["a.jsonl"] / 8000 == pytest.approx(0.75, abs=0.02)
    assert made(tmp_path, f"{b}@1", f"{a}@3", n=8000).hash == corpus.hash


def test_a_corpus_that_runs_out_leaves_its_share_to_the_others(tmp_path: Path):
    a = texts_file(tmp_path / "a.jsonl", 5)
    b = texts_file(tmp_path / "b.jsonl", 400, seed=1)
    corpus = made(tmp_path, f"{a}@9", f"{b}@1", n=9000)
    assert not corpus.report.smaller
    assert set(corpus.report.tokens) == {"a.jsonl", "b.jsonl"}


def test_repetitions_are_taken_once_and_near_duplicates_share_group_and_split(tmp_path: Path):
    rng = random.Random(5)
    originals = [" ".join(str(rng.random()) for _ in range(60)) for _ in range(40)]
    nearly = ["once more " + original for original in originals]
    a = corpus_file(tmp_path / "a.jsonl", *originals, *originals[:7])
    b = corpus_file(tmp_path / "b.jsonl", *nearly, originals[0])
    corpus = made(tmp_path, a, b)
    assert corpus.report.n_documents == 80 and corpus.report.counts["duplicate"] == 8
    assert corpus.report.near_duplicates == 40
    rows = corpus.documents.to_pylist()
    groups = {row["group"] for row in rows}
    assert len(groups) == 40
    for group in groups:
        assert len({row["split"] for row in rows if row["group"] == group}) == 1
        assert rows[group]["group"] == group  # named after one of its documents
    s = corpus.sequences
    assert all(rows[d]["group"] == g for d, g in zip(s.document, s.group, strict=True))
    assert all(rows[d]["split"] == g for d, g in zip(s.document, s.split, strict=True))


def test_a_document_that_another_one_begins_with_is_left_out_and_counted(tmp_path: Path):
    rng = random.Random(8)
    texts = [text(rng, 40) for _ in range(20)]
    path = corpus_file(tmp_path / "c.jsonl", *texts, *(t + " and the fox" for t in texts))
    corpus = made(tmp_path, path)
    repeated = corpus.report.counts["repeated"]
    assert repeated > 0 and corpus.report.n_documents == 40 - repeated


def test_an_enormous_document_is_cut_into_documents_in_all_splits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(documents_module, "PART_CHARS", 500)
    rng = random.Random(6)
    (tmp_path / "book.txt").write_text("\n".join(text(rng, 12) for _ in range(400)))
    corpus = made(tmp_path, tmp_path / "book.txt")
    assert corpus.report.counts == {"cut": 1} and corpus.report.n_documents > 40
    assert {row["split"] for row in corpus.documents.to_pylist()} == {0, 1, 2}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"{\n{\n", b'{"text": " "}\n'])
def test_a_corpus_without_text_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "c.jsonl").write_bytes(content)
    with pytest.raises(InvalidRequest, match=r"no text in c\.jsonl"):
        made(tmp_path, tmp_path / "c.jsonl")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("n", "seq_len"), [(0, 32), (10, 1)])
def test_sizes_below_one_token_are_refused(tmp_path: Path, n: int, seq_len: int):
    with pytest.raises(InvalidRequest):
        made(tmp_path, texts_file(tmp_path / "c.jsonl", 2), n=n, seq_len=seq_len)
    with pytest.raises(InvalidRequest):
        prepare([], codec(), 5, 8, 0, tmp_path)


# Files


def test_the_bytes_are_the_same_every_time_and_can_be_opened(tmp_path: Path):
    path = texts_file(tmp_path / "c.jsonl", 50)
    corpus = made(tmp_path, path, n=900)
    first = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    made(tmp_path, path, n=900)
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == first
    assert set(first) == {"sequences.safetensors", "documents.parquet", "corpus.json"}
    again = Corpus.open(tmp_path / "out")
    assert again.report == corpus.report and again.settings == corpus.settings
    assert again.documents.equals(corpus.documents)
    assert (Sequences.open(tmp_path / "out").ids == corpus.sequences.ids).all()
    assert str(tmp_path) not in first["corpus.json"].decode()


def test_a_damaged_or_foreign_file_is_named(tmp_path: Path):
    made(tmp_path, texts_file(tmp_path / "c.jsonl", 50), n=900)
    out = tmp_path / "out"
    whole = {p.name: p.read_bytes() for p in out.iterdir()}
    made(tmp_path, texts_file(tmp_path / "d.jsonl", 50, seed=1), n=900)
    foreign = {p.name: p.read_bytes() for p in out.iterdir()}
    for name, data in whole.items():
        for bad in (data[:-20], data[: len(data) // 2], b"", foreign[name]):
            for other, good in whole.items():
                (out / other).write_bytes(bad if other == name else good)
            with pytest.raises(StoreMismatch):
                Corpus.open(out)
        (out / name).unlink()
        with pytest.raises(NotFound):
            Corpus.open(out)


# Batches


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 128), max_size=200),
    st.integers(1, 600),
    st.integers(1, 5),
    st.integers(-5, 2**63),
)
def test_every_sequence_is_read_once(
    lengths: list[int], tokens: int, shard_batches: int, seed: int
):
    length = np.array(lengths, dtype=np.int32)
    layout = lay_out(length, batch_tokens=tokens, shard_batches=shard_batches, seed=seed)
    shards = [layout.shard(i) for i in range(layout.n_shards)]
    read = [int(i) for shard in shards for batch in shard for i in batch]
    assert sorted(read) == list(range(len(lengths)))
    assert all(0 < len(shard) <= shard_batches for shard in shards)
    for batch in layout.batches:
        assert len(batch) == 1 or len(batch) * int(length[batch].max()) <= tokens
    again = lay_out(length, batch_tokens=tokens, shard_batches=shard_batches, seed=seed)
    assert [b.tolist() for b in again.batches] == [b.tolist() for b in layout.batches]


def test_padding_is_small_and_the_seed_orders_the_batches():
    length = np.random.default_rng(0).integers(2, 129, 3000).astype(np.int32)
    one, two = (lay_out(length, seed=seed).batches for seed in (0, 1))
    padded_to = sum(len(batch) * int(length[batch].max()) for batch in one)
    assert padded_to < 1.03 * length.sum()
    assert [b.tolist() for b in one] != [b.tolist() for b in two]
    assert sorted(b.tolist() for b in one) == sorted(b.tolist() for b in two)
