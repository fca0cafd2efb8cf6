"""Opening loads nothing whole, and other tools read the same files."""

import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pellucid.atlas import Atlas
from pellucid.core.ids import FeatureId
from tests.builders_atlas import make_evidence


def test_files_are_memory_mapped(made: Path) -> None:
    atlas = Atlas.open(made)
    atlas.card(FeatureId.parse("mlp.0.0.pos"))
    maps = Path("/proc/self/maps")
    if maps.exists():
        mapped = maps.read_text()
        for name in ("features.parquet", "units.parquet", "sequences.safetensors"):
            assert str(made / "evidence" / name) in mapped


def test_an_atlas_is_read_without_torch(made: Path) -> None:
    code = (
        "import sys\nfrom pellucid.atlas import Atlas\nfrom pellucid.core.ids import FeatureId\n"
        f"Atlas.open({str(made)!r}).card(FeatureId.parse('mlp.1.2.neg'))\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"torch", "transformers", "tokenizers"} & set(done.stdout.split())


def test_duckdb_reads_every_column_as_it_was_written(made: Path) -> None:
    evidence, folder = make_evidence(), made / "evidence"
    features = duckdb.execute(f"select * from '{folder}/features.parquet'").fetchnumpy()
    wanted = [str(evidence.source.feature(place)) for place in range(20)]
    assert features["id"].tolist() == wanted
    assert np.array_equal(features["extreme"], evidence.extreme)
    peaks = np.stack([np.asarray(row) for row in features["exemplar_peak"]])
    assert (peaks == evidence.exemplar_peak).all()
    found = duckdb.execute(
        f"select list_extract(exemplar_gate, 1), len(pattern), len(pattern_ratio) "
        f"from '{folder}/features.parquet'"
    ).fetchall()
    assert found == [(int(row[0]), 3, 3) for row in evidence.exemplar_gate]
    units = duckdb.execute(
        f"select layer, index, histogram from '{folder}/units.parquet'"
    ).fetchall()
    counts = evidence.histogram.tolist()
    assert units == [(i // 5, i % 5, counts[i]) for i in range(10)]
    joined = duckdb.execute(
        f"select decode(v.bytes) from '{folder}/units.parquet' u, '{folder}/vocabulary.parquet' v "
        "where u.layer = 0 and u.index = 0 and v.id = 97"
    ).fetchall()
    assert joined == [("a",)]
    documents = duckdb.execute(
        f"select corpus, licence from '{folder}/documents.parquet'"
    ).fetchall()
    assert ("help", "MIT") in documents


def test_pandas_reads_the_same_files(made: Path) -> None:
    evidence, folder = make_evidence(), made / "evidence"
    features = pd.read_parquet(folder / "features.parquet").set_index("id")
    assert features.loc["mlp.1.3.neg", "extreme"] == evidence.extreme[17]
    quantiles = np.stack(features["quantiles"].to_list())
    assert np.allclose(quantiles, evidence.quantiles, rtol=2**-12)
    for name in ("units", "documents", "vocabulary"):
        assert len(pd.read_parquet(folder / f"{name}.parquet"))
