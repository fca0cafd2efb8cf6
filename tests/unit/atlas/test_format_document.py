"""The specification holds: its examples run on an atlas, and its tables name every column and key there is."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pellucid.atlas.columns import DESCRIPTIONS, DOCUMENTS, FEATURES, UNITS, VOCABULARY, Column
from pellucid.atlas.index import (
    ABOUT_FILE,
    KEYWORDS_FILE,
    PARTS,
    SENSES,
    SHARED,
    SIDES,
    VECTORS_FILE,
    WORDS_FILE,
    IndexAbout,
)
from pellucid.atlas.manifest import Encoding, Layer, Manifest, Source
from pellucid.atlas.store import TENSORS


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docs/atlas-format.md").read_text()


def fences(text: str, language: str, made: Path) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)
    return [fence.replace("ATLAS", str(made)) for fence in found]


def test_the_python_examples_run(text: str, made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, Any] = {}
    examples = fences(text, "python", made)
    assert len(examples) == 3
    for example in examples:
        exec(compile(example, "atlas-format.md", "exec"), scope)
    assert capsys.readouterr().out.count("\n") >= 5


def test_the_sql_examples_run(text: str, made: Path) -> None:
    examples = fences(text, "sql", made)
    assert len(examples) == 2
    for example in examples:
        assert duckdb.execute(example).fetchall()


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("`features.parquet`", FEATURES),
        ("`units.parquet`", UNITS),
        ("`descriptions.parquet`", DESCRIPTIONS),
        ("`documents.parquet`, `vocabulary.parquet`", DOCUMENTS | VOCABULARY),
    ],
)
def test_every_column_is_specified_and_nothing_else(
    text: str, heading: str, columns: dict[str, Column]
) -> None:
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+`) \| [^|]+ \|", section, re.M)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == columns.keys()


def test_every_tensor_is_specified(text: str) -> None:
    section = text.split("\n## `sequences.safetensors`\n")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", section, re.M)) == list(TENSORS)


def test_every_file_and_every_vector_of_the_index_is_specified(text: str) -> None:
    for name in (VECTORS_FILE, KEYWORDS_FILE, WORDS_FILE, ABOUT_FILE):
        assert name in text.split("\n## Words\n")[0]
    section = text.split("\n## `index/`\n")[1].split("\n## ")[0]
    named = [f"`{side}_{part}`" for side in SIDES for part in PARTS]
    named += [*(f"`{name}`" for name in SHARED), *(f"`senses_{name}`" for name in SENSES)]
    assert [name for name in (*named, *IndexAbout.model_fields) if name not in section] == []


def test_every_key_of_the_manifest_is_specified(text: str) -> None:
    section = text.split("\n## `manifest.json`\n")[1].split("\n## ")[0]
    for record in (Manifest, Source, Encoding, Layer):
        missing = [name for name in record.model_fields if f"`{name}`" not in section]
        assert missing == [], record.__name__
