"""Whatever happens to an atlas's files, the file is named and nothing crashes."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import safetensors.numpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pellucid.atlas import Atlas, manifest, read_manifest
from pellucid.atlas.check import check
from pellucid.atlas.columns import FEATURES, UNITS, VOCABULARY
from pellucid.atlas.files import FileInfo
from pellucid.atlas.manifest import Layer, Layers, Manifest
from pellucid.atlas.writer import write_table
from pellucid.core.errors import (
    InvalidRequest,
    NotFound,
    PellucidError,
    StoreMismatch,
    Unsupported,
)
from pellucid.core.ids import FeatureId
from tests.builders_atlas import make_atlas

FILES = (
    "features.parquet",
    "units.parquet",
    "documents.parquet",
    "vocabulary.parquet",
    "sequences.safetensors",
)


def read_all(path: Path) -> None:
    """Everything that an atlas can be asked."""
    atlas = Atlas.open(path)
    for place in range(atlas.source.n_features):
        atlas.card(atlas.source.feature(place))
    atlas.tail_quantiles(0)


def reseal(path: Path, **changes: Any) -> None:
    """A manifest that fits the files as they are: what only a wrong writer could have made."""
    stored = json.loads((path / "manifest.json").read_text())
    made_from = stored["layers"]["evidence"]["made_from"]
    files = {p.name: FileInfo.of(p) for p in (path / "evidence").iterdir()}
    old = Manifest.model_validate_json(json.dumps(stored | changes))
    layers = Layers(evidence=Layer.of(made_from, files))
    new = old.model_copy(update={"layers": layers}).sealed()
    (path / "manifest.json").write_text(new.to_json())


def test_an_atlas_as_written_has_no_problem(made: Path) -> None:
    assert check(made) == []
    read_all(made)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / "evidence" / name).unlink()
    with pytest.raises(StoreMismatch, match=f"{name}.*found no file"):
        Atlas.open(copied)
    assert [(p.file, p.what) for p in check(copied)] == [(f"evidence/{name}", "it is missing")]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("keep", [0, 4, 200])
def test_a_truncated_file_is_named(copied: Path, name: str, keep: int) -> None:
    path = copied / "evidence" / name
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(StoreMismatch, match=f"{name}.*found {keep} bytes"):
        Atlas.open(copied)
    (problem,) = check(copied)
    assert problem.file == f"evidence/{name}" and "bytes" in problem.what


@pytest.mark.parametrize("name", FILES)
def test_a_foreign_file_of_the_same_length_is_named(copied: Path, name: str) -> None:
    path = copied / "evidence" / name
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(StoreMismatch, match=name):
        read_all(copied)
    (problem,) = check(copied)
    assert problem.file == f"evidence/{name}" and "sha256" in problem.what


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_an_altered_byte_is_found_and_never_crashes_a_reader(
    made: Path, tmp_path: Path, data: st.DataObject
) -> None:
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(made, copy)
    name = data.draw(st.sampled_from(FILES))
    path = copy / "evidence" / name
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert [p.file for p in check(copy)] == [f"evidence/{name}"]
    with suppress(StoreMismatch):
        read_all(copy)


def test_two_files_swapped_are_both_named(copied: Path) -> None:
    a, b = (copied / "evidence" / name for name in FILES[:2])
    a_bytes = a.read_bytes()
    a.write_bytes(b.read_bytes())
    b.write_bytes(a_bytes)
    assert len(check(copied)) == 2
    reseal(copied)
    with pytest.raises(StoreMismatch, match=r"features\.parquet.*columns"):
        read_all(copied)


def test_a_file_that_the_manifest_does_not_name_is_a_problem(copied: Path) -> None:
    (copied / "evidence/notes.txt").write_text("x")
    (problem,) = check(copied)
    assert problem.file == "evidence/notes.txt" and "does not name it" in problem.what


def test_a_folder_that_cannot_be_read_as_a_file_is_named(copied: Path) -> None:
    (copied / "evidence/units.parquet").unlink()
    (copied / "evidence/units.parquet").mkdir()
    (problem,) = check(copied)
    assert "cannot be read" in problem.what
    shutil.rmtree(copied / "evidence")
    assert len(check(copied)) == 5


# The manifest


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads((path / "manifest.json").read_text())
    change(data)
    (path / "manifest.json").write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda m: m.update(seed=1), "was altered"),
        (lambda m: m.update(hash="0" * 64), "was altered"),
        (lambda m: m["layers"]["evidence"]["made_from"].update(corpus="0"), "layer evidence"),
        (lambda m: m["layers"]["evidence"]["files"].pop("units.parquet"), "layer evidence"),
        (lambda m: m.pop("source"), "source: Field required"),
        (lambda m: m.update(n_tokens="many"), "n_tokens"),
        (lambda m: m.update(format="other"), "found format 'other'"),
        (lambda m: m.pop("format"), "found format None"),
        (lambda m: m["layers"]["evidence"]["files"].update({"../x": {}}), "manifest.json"),
    ],
)
def test_an_altered_manifest_is_named(
    copied: Path, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    edit(copied, change)
    with pytest.raises(StoreMismatch, match=r"manifest\.json") as raised:
        Atlas.open(copied)
    assert says in str(raised.value)
    (problem,) = check(copied)
    assert problem.file == "manifest.json"


def test_a_manifest_that_contradicts_itself_is_named(copied: Path) -> None:
    reseal(copied, n_features=21)
    with pytest.raises(StoreMismatch, match="21 features, wanted 20"):
        Atlas.open(copied)


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"3", b"\xff\xfe", b'"x"', b"[" * 100_000, b"null"]
)
def test_a_manifest_that_is_none_is_named(copied: Path, text: bytes) -> None:
    (copied / "manifest.json").write_bytes(text)
    with pytest.raises(StoreMismatch, match=r"manifest\.json"):
        Atlas.open(copied)
    assert [p.file for p in check(copied)] == ["manifest.json"]


def test_a_newer_format_is_refused(copied: Path) -> None:
    edit(copied, lambda m: m.update(format_version=2, something_new=[]))
    for ask in (Atlas.open, check, read_manifest):
        with pytest.raises(Unsupported, match=r"format 2; this version reads format 1"):
            ask(copied)


def test_what_is_no_atlas_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"is no atlas; it has no manifest\.json"):
        Atlas.open(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InvalidRequest, match="is no atlas"):
        Atlas.open(tmp_path / "file")
    with pytest.raises(NotFound, match="there is no atlas at"):
        Atlas.open(str(tmp_path / "nowhere"))


def test_a_layer_of_rubbish_is_named(copied: Path) -> None:
    """Descriptions and index: immutable, hashed, naming what they were made from."""
    old = read_manifest(copied)
    (copied / "descriptions").mkdir()
    (copied / "descriptions/descriptions.parquet").write_bytes(b"x")
    files = {"descriptions.parquet": FileInfo.of(copied / "descriptions/descriptions.parquet")}
    layer = Layer.of({"evidence": old.layers.evidence.hash}, files)
    layers = old.layers.model_copy(update={"descriptions": layer})
    new = old.model_copy(update={"layers": layers}).sealed()
    (copied / "manifest.json").write_text(new.to_json())
    assert Atlas.open(copied).manifest.hash != old.hash
    # It is what the manifest says, and no table; then it is not even that.
    assert {p.file.split("/")[0] for p in check(copied)} == {"descriptions"}
    (copied / "descriptions/descriptions.parquet").write_bytes(b"y")
    assert "descriptions/descriptions.parquet" in [p.file for p in check(copied)]


# Files that are what the manifest says, and wrong all the same


def rewrite(path: Path, name: str, columns: Any, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a table row group by row group, and reseal."""
    file = path / "evidence" / name
    groups = [change(pq.ParquetFile(file).read_row_group(i)) for i in range(_groups(file))]
    write_table(file, columns, groups)
    reseal(path)


def _groups(file: Path) -> int:
    return pq.ParquetFile(file).num_row_groups


def put(table: pa.Table, name: str, column: Any) -> pa.Table:
    at = table.schema.get_field_index(name)
    field = table.schema.field(name)
    return table.set_column(at, field, pa.array(column, field.type))


def mapped(name: str, function: Callable[[Any], Any]) -> Callable[[pa.Table], pa.Table]:
    return lambda table: put(table, name, [function(x) for x in table[name].to_pylist()])


@pytest.mark.parametrize(
    ("name", "columns", "change", "says"),
    [
        ("features", FEATURES, mapped("id", lambda _: "mlp.0.0.pos"), "ids differ"),
        ("features", FEATURES, mapped("quantiles", lambda q: q[::-1]), "do not grow"),
        ("features", FEATURES, mapped("extreme", lambda _: 0.0), "beyond the extreme"),
        ("features", FEATURES, mapped("exemplar_peak", lambda p: p[:-1]), "different sizes"),
        ("features", FEATURES, mapped("exemplar_peak", lambda p: p[::-1]), "order of their"),
        ("features", FEATURES, mapped("exemplar_peak", lambda p: [-x for x in p]), "other sign"),
        ("features", FEATURES, mapped("exemplar_pos", lambda p: [0] * len(p)), "do not count"),
        ("features", FEATURES, mapped("exemplar_pos", lambda p: [99] * len(p)), "do not count"),
        ("features", FEATURES, mapped("exemplar_sequence", lambda p: [99] * len(p)), "not stored"),
        ("features", FEATURES, mapped("pattern", lambda p: p[:-1]), "patterns missing"),
        ("features", FEATURES, mapped("pattern", lambda p: [b"\xf0" * 9] * len(p)), "longer than"),
        ("units", UNITS, mapped("index", lambda i: i + 1), "units are not in order"),
        ("units", UNITS, mapped("std", lambda _: -1.0), "negative standard"),
        ("units", UNITS, mapped("raised_ids", lambda x: [9999] * len(x)), "out of vocabulary"),
        ("vocabulary", VOCABULARY, mapped("id", lambda i: i + 1), "ids are not in order"),
    ],
)
def test_contents_that_are_wrong_are_found(
    copied: Path,
    name: str,
    columns: Any,
    change: Callable[[pa.Table], pa.Table],
    says: str,
) -> None:
    rewrite(copied, f"{name}.parquet", columns, change)
    problems = check(copied)
    assert {p.file for p in problems} == {f"evidence/{name}.parquet"}
    assert any(says in p.what for p in problems), problems


def test_more_exemplars_than_stated_are_found(copied: Path) -> None:
    encoding = read_manifest(copied).encoding.model_dump() | {"n_exemplars": 4}
    reseal(copied, encoding=encoding)
    assert any("more exemplars than stated" in p.what for p in check(copied))


def test_documents_of_another_licence_are_found(copied: Path) -> None:
    corpora = [c.model_dump() | {"licence": "GPL"} for c in read_manifest(copied).corpora]
    reseal(copied, corpora=corpora)
    (problem,) = check(copied)
    assert problem.file == "evidence/documents.parquet" and "of no corpus" in problem.what


def test_too_few_rows_are_named(copied: Path) -> None:
    rewrite(copied, "features.parquet", FEATURES, lambda table: table.slice(1))
    with pytest.raises(StoreMismatch, match="18 rows in 2 groups, wanted 20 rows in 2 groups"):
        read_all(copied)
    problems = check(copied)
    assert all("features.parquet" in problem.what for problem in problems), problems
    assert problems


def tensors(path: Path, change: Callable[[dict[str, np.ndarray]], object]) -> None:
    """Change the sequences, and reseal."""
    file = path / "evidence/sequences.safetensors"
    found = {k: v.copy() for k, v in safetensors.numpy.load(file.read_bytes()).items()}
    change(found)
    file.write_bytes(safetensors.numpy.save(found))
    reseal(path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.pop("crc32"), "tensors document"),
        (lambda t: t.update(document=t["document"][1:]), "do not fit together"),
        (lambda t: t["ids"].__setitem__(3, 5), "another checksum"),
        (lambda t: t["start"].__setitem__(-1, 5), "do not fit together"),
        (lambda t: t["document"].fill(77), "77|of no document"),
    ],
)
def test_sequences_that_are_wrong_are_named(
    copied: Path, change: Callable[[dict[str, np.ndarray]], object], says: str
) -> None:
    tensors(copied, change)
    with pytest.raises(StoreMismatch, match=r"sequences\.safetensors|documents\.parquet"):
        read_all(copied)
    import re

    assert any(re.search(says, p.what) for p in check(copied)), check(copied)


def test_sequences_longer_than_stated_are_found(copied: Path) -> None:
    reseal(copied, seq_len=9)
    assert any("longer than stated" in p.what for p in check(copied))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("exemplar_sequence", lambda p: [99] * len(p)),
        ("exemplar_sequence", lambda p: [-1] * len(p)),
        ("exemplar_pos", lambda p: [99] * len(p)),
        ("exemplar_pos", lambda p: [-1] * len(p)),
        ("pattern", lambda p: [b"\xff" * 9] * len(p)),
    ],
)
def test_a_reader_of_wrong_contents_names_the_file(
    copied: Path, name: str, change: Callable[[Any], Any]
) -> None:
    rewrite(copied, "features.parquet", FEATURES, mapped(name, change))
    with pytest.raises(StoreMismatch, match=r"evidence/(features|sequences)"):
        Atlas.open(copied).card(FeatureId.parse("mlp.0.0.pos"))


def test_an_output_token_out_of_vocabulary_names_the_file(copied: Path) -> None:
    rewrite(copied, "units.parquet", UNITS, mapped("raised_ids", lambda x: [9999] * len(x)))
    with pytest.raises(StoreMismatch, match=r"units\.parquet"):
        Atlas.open(copied).card(FeatureId.parse("mlp.0.0.pos"))


def test_every_error_is_one_that_people_can_read(tmp_path: Path) -> None:
    make_atlas(tmp_path / "a")
    (tmp_path / "a/evidence/units.parquet").write_bytes(b"")
    with pytest.raises(PellucidError) as raised:
        Atlas.open(tmp_path / "a")
    assert "\n" not in str(raised.value) and "build it again" in str(raised.value)
    assert manifest.FORMAT_VERSION == 1
