"""How long a feature's card takes: an atlas opened, its first card, any card, neighbours; over HTTP and in process.

Usage: python -m benchmarks.cards [--atlas DIR] [--cards 500]
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from pellucid.atlas import Atlas
from pellucid.atlas.alike import ExemplarPlaces
from pellucid.atlas.ready import bundled_atlas
from pellucid.core.ids import FeatureId
from pellucid.core.settings import Settings
from pellucid.journal import Journal

SHOWN = 5
"""Exemplars that a card shows at first."""
_COLD = """
import sys, time
began = time.perf_counter()
from pellucid.atlas import Atlas
from pellucid.core.ids import FeatureId
imported = time.perf_counter()
atlas = Atlas.open(sys.argv[1])
opened = time.perf_counter()
atlas.card(FeatureId.parse(sys.argv[2]), 5)
print(imported - began, opened - imported, time.perf_counter() - opened)
"""


def main() -> None:
    """Print a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--atlas", type=Path, default=bundled_atlas())
    parser.add_argument("--cards", type=int, default=500)
    args = parser.parse_args()
    if args.atlas is None:
        sys.exit("There is no ready-made atlas here: name one with --atlas.")
    atlas = Atlas.open(args.atlas)
    places = np.random.default_rng(0).integers(0, atlas.source.n_features, args.cards)
    ids = [atlas.source.feature(int(place)) for place in places]
    command = [sys.executable, "-c", _COLD, str(args.atlas), str(ids[0])]
    cold = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    imported, opened, first = (1e3 * float(x) for x in cold)
    print(
        f"a fresh process: imports {imported:.0f} ms, opening {opened:.0f} ms, first card {first:.0f} ms"
    )
    _report(f"a card with {SHOWN} exemplars", ids, lambda feature: atlas.card(feature, SHOWN))
    _report("a card with all exemplars", ids, atlas.card)
    began = time.perf_counter()
    alike = ExemplarPlaces.of(atlas)
    print(f"neighbours: once {time.perf_counter() - began:.2f} s for all features, then")
    _report("neighbours of one", ids, lambda feature: alike.alike(feature, top=8))
    with_some = np.mean([len(alike.alike(feature, top=1)) for feature in ids])
    print(f"features with a neighbour: {with_some:.0%}")
    asyncio.run(_over_http(args.atlas, [str(feature) for feature in ids]))


def _report(name: str, items: Sequence[FeatureId], act: Callable[[FeatureId], object]) -> None:
    times: list[float] = []
    for item in items:
        began = time.perf_counter()
        act(item)
        times.append(time.perf_counter() - began)
    _print(name, times)


def _print(name: str, times: Sequence[float]) -> None:
    half, most = 1e3 * np.percentile(times, [50, 99])
    print(
        f"{name}: median {half:.1f} ms, 99th percentile {most:.1f} ms, n {len(times)}", flush=True
    )


async def _over_http(path: Path, ids: Sequence[str]) -> None:
    """Through the whole server, but for the socket; no model is loaded."""
    import httpx

    from pellucid.server.app import create_app
    from pellucid.workspace import Workspace

    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), atlas=str(path))
        workspace = Workspace(settings, Journal.open(settings))
        app = create_app(settings, workspace)
        app.state.workspace = workspace
        transport = httpx.ASGITransport(app=app)
        times: list[float] = []
        sizes: list[int] = []
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            for id_ in ids:
                began = time.perf_counter()
                response = await client.get(f"/api/features/{id_}", params={"exemplars": SHOWN})
                times.append(time.perf_counter() - began)
                sizes.append(len(response.raise_for_status().content))
        workspace.close()
    print(f"over HTTP, the first: {1e3 * times[0]:.0f} ms; {np.mean(sizes) / 1e3:.0f} kB a card")
    _print("over HTTP", times[1:])


if __name__ == "__main__":
    main()
