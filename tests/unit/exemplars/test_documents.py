"""Corpora of every kind become documents; what is broken, empty or no text is counted and named, never fatal."""

import gzip
import hashlib
import io
import json
import lzma
import sys
import types
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.core.errors import InvalidRequest, NotFound, Unsupported, UpstreamFailed
from pellucid.core.records import Message
from pellucid.exemplars import documents as documents_module
from pellucid.exemplars.documents import (
    PART_CHARS,
    Document,
    Origin,
    Tally,
    chat_document,
    text_document,
    texts_of,
)
from pellucid.exemplars.readers import CorpusSpec, read

CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]


def read_all(name: str | Path) -> tuple[list[Document], Tally]:
    tally = Tally()
    return list(read(CorpusSpec.parse(str(name)), tally)), tally


def jsonl(path: Path, *records: Any) -> Path:
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    opener = {".gz": gzip.compress, ".xz": lzma.compress}.get(path.suffix, bytes)
    path.write_bytes(opener(data))
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.xz", "a.ndjson"])
def test_lines_hold_texts_and_chats(tmp_path: Path, name: str):
    path = jsonl(tmp_path / name, {"text": "one", "source": "s"}, {"messages": CHAT})
    (text, chat), tally = read_all(path)
    assert text.text == "one" and text.origin == Origin(name, source="s")
    assert chat.messages == tuple(Message.model_validate(turn) for turn in CHAT)
    assert chat.content == "Hi\nHello!" and not tally.counts


def test_a_table_is_read_by_row_group(tmp_path: Path):
    table = pa.table(
        {"id": [1, 2, 3], "text": ["one", "two", None], "messages": [None, None, CHAT]}
    )
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=1)
    documents, tally = read_all(tmp_path / "t.parquet")
    assert [d.content for d in documents] == ["one", "two", "Hi\nHello!"] and not tally.counts


def test_a_folder_is_read_file_by_file_and_binary_files_are_named(tmp_path: Path):
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "x.txt").write_text("deep")
    (tmp_path / "a.md").write_text("top\r\nline")
    (tmp_path / "z.png").write_bytes(b"PNG\0\0")
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))
    (tmp_path / ".hidden").write_text("no")
    (tmp_path / "none.txt").write_text(" \n")
    jsonl(tmp_path / "l.jsonl", {"text": "line"})
    documents, tally = read_all(tmp_path)
    assert [(d.text, d.origin.source) for d in documents] == [
        ("top\nline", "a.md"),
        ("deep", "b/c/x.txt"),
        ("line", "l.jsonl"),
    ]
    assert tally.counts == {"binary": 2, "empty": 1}
    assert tally.named["binary"] == ["latin.txt", "z.png"]
    assert all(d.origin.corpus == tmp_path.name for d in documents)


def test_broken_lines_are_counted_and_the_first_few_are_named(tmp_path: Path):
    path = tmp_path / "b.jsonl"
    good = json.dumps({"text": "good"})
    bad = [
        "{",
        "[1]",
        '{"id": 1}',
        '{"text": ""}',
        '{"messages": [{"role": "cook"}]}',
        '{"text": 3}',
    ]
    path.write_bytes("\n".join([good, *bad, *["{"] * 9, good]).encode() + b'\n{"text": "\xff"}\n\n')
    documents, tally = read_all(path)
    assert [d.text for d in documents] == ["good", "good"]
    assert tally.counts == {"broken": 12, "textless": 3, "empty": 1}
    assert len(tally.named["broken"]) == 5
    assert tally.named["broken"][0].startswith("b.jsonl line 2: ")


def test_half_a_character_is_broken_not_fatal(tmp_path: Path):
    path = tmp_path / "h.jsonl"
    path.write_text(
        '{"text": "a\\ud800"}\n{"messages": [{"role": "user", "content": "\\udfff"}]}\n'
    )
    documents, tally = read_all(path)
    assert not documents and tally.counts == {"broken": 2}


def test_a_file_that_ends_early_gives_what_it_has(tmp_path: Path):
    noise = [hashlib.sha512(bytes([i % 256, i // 256])).hexdigest() * 4 for i in range(400)]
    whole = jsonl(tmp_path / "w.jsonl.gz", *({"text": text} for text in noise))
    (tmp_path / "cut.jsonl.gz").write_bytes(whole.read_bytes()[:-9000])
    documents, tally = read_all(tmp_path / "cut.jsonl.gz")
    assert tally.counts["broken"] == 1 and tally.named["broken"][0].startswith("cut.jsonl.gz")
    assert 0 < len(documents) < 400
    assert [d.text for d in documents] == noise[: len(documents)]
    (tmp_path / "no.parquet").write_bytes(b"PAR1 nothing")
    assert read_all(tmp_path / "no.parquet")[1].counts == {"broken": 1}


def test_licences_stand_beside_a_file_and_the_record_comes_first(tmp_path: Path):
    about = {"licence": "MIT", "package": "p 1", "category": "fiction"}
    (tmp_path / "sources.json").write_text(json.dumps({"sources": {"s": about, "bad": 3}}))
    path = jsonl(
        tmp_path / "a.jsonl",
        {"text": "1", "source": "s"},
        {"text": "2", "source": "s", "licence": "CC0"},
        {"text": "3", "source": "bad"},
    )
    first, second, third = read_all(path)[0]
    assert (first.origin.licence, first.origin.package) == ("MIT", "p 1")
    assert first.origin.category == "fiction"
    assert second.origin.licence == "CC0" and third.origin.licence == ""
    (tmp_path / "sources.json").write_text("[]")
    assert read_all(path)[0][0].origin.licence == ""


def test_the_hash_is_of_the_content_alone():
    here, there = Origin("a", licence="MIT"), Origin("b")
    assert text_document("x", here).sha == text_document("x", there).sha
    turn = (Message(role="user", content="x"),)
    other = (Message(role="system", content="x"),)
    assert (
        len({text_document("x", here).sha, *(chat_document(m, here).sha for m in (turn, other))})
        == 3
    )


@settings(deadline=None)
@given(st.text(alphabet="ab \n\té漢", max_size=400), st.integers(1, 60))
def test_a_long_text_is_cut_into_parts_that_lose_nothing(text: str, n_chars: int):
    tally = Tally()
    with patch.object(documents_module, "PART_CHARS", n_chars):
        stream = io.StringIO(text, newline="")
        parts = [d.text or "" for d in texts_of(stream, Origin("c"), "x", tally)]
    assert all(0 < len(part) <= n_chars for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert tally.counts["cut"] == (len(parts) > 1) and tally.counts["empty"] == (not text.strip())
    if len(text) <= n_chars:
        assert parts == [text] * bool(text.strip())


def test_an_enormous_text_is_never_read_whole(tmp_path: Path):
    class Endless(io.StringIO):
        largest = 0

        def read(self, size: int | None = -1, /) -> str:
            assert size is not None and 0 < size <= PART_CHARS + 1
            self.largest = max(self.largest, size)
            return "words without end " * (size // 18) + "x" * (size % 18)

    stream = texts_of(Endless(), Origin("c"), "x", Tally())
    parts = [next(stream) for _ in range(20)]
    assert all(len(part.content) > PART_CHARS // 2 for part in parts)


@pytest.mark.parametrize(
    ("text", "name", "weight"),
    [
        ("a.jsonl", "a.jsonl", 1),
        ("a.jsonl@0.5", "a.jsonl", 0.5),
        ("hf:org/name:config@.25", "hf:org/name:config", 0.25),
        ("dir@home", "dir@home", 1),
        ("dir@3@2", "dir@3", 2),
    ],
)
def test_a_weight_stands_behind_the_name(text: str, name: str, weight: float):
    assert CorpusSpec.parse(text) == CorpusSpec(name, weight)


def test_a_file_whose_name_ends_like_a_weight_is_that_file(tmp_path: Path):
    (tmp_path / "mail@2").write_text("hello")
    spec = CorpusSpec.parse(str(tmp_path / "mail@2"))
    assert spec.weight == 1 and [d.text for d in read(spec, Tally())] == ["hello"]


@pytest.mark.parametrize("text", ["", "@2", "hf:", "a.jsonl@0"])
def test_a_corpus_without_name_or_weight_is_refused(text: str):
    with pytest.raises(InvalidRequest):
        CorpusSpec.parse(text)


def test_a_corpus_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(NotFound, match="no corpus"):
        read_all(tmp_path / "none.jsonl")


def fake_hub(monkeypatch: pytest.MonkeyPatch, rows: Any) -> dict[str, Any]:
    """A `datasets` that answers with `rows`, or raises them."""
    asked: dict[str, Any] = {}

    def load_dataset(path: str, config: str | None, **rest: Any) -> Any:
        asked.update(path=path, config=config, **rest)
        if isinstance(rows, Exception):
            raise rows
        return iter(rows)

    module = types.ModuleType("datasets")
    module.load_dataset = load_dataset  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datasets", module)
    return asked


def test_a_data_set_of_the_hub_is_streamed(monkeypatch: pytest.MonkeyPatch):
    asked = fake_hub(monkeypatch, [{"text": "web"}, {"conversation": CHAT}])
    documents, _ = read_all("hf:org/name:sample:test@0.5")
    assert [d.content for d in documents] == ["web", "Hi\nHello!"]
    assert asked == {"path": "org/name", "config": "sample", "split": "test", "streaming": True}
    assert documents[0].origin.corpus == "org/name:sample:test"


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (ConnectionError("no route"), UpstreamFailed),
        (FileNotFoundError("no data set"), NotFound),
        (ValueError("no such configuration"), NotFound),
    ],
)
def test_a_hub_that_fails_is_an_error_of_its_kind(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, error: type[Exception]
):
    fake_hub(monkeypatch, failure)
    with pytest.raises(error, match=str(failure)):
        read_all("hf:org/name")


def test_without_the_package_a_hub_name_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(Unsupported, match="pip install datasets"):
        read_all("hf:org/name")
