"""See the package."""

import argparse
from pathlib import Path

from pellucid.atlas.ready import bundled_atlas
from scripts.interest.sample import sample, write


def main() -> None:
    """Sample or train."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["sample", "train"])
    parser.add_argument("--atlas", type=Path, default=bundled_atlas())
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--size", type=int, default=170)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("build/interest"))
    args = parser.parse_args()
    if args.what == "sample":
        write(args.atlas, sample(args.atlas, args.n, args.seed), args.size, args.out)
    else:
        from scripts.interest.train import train

        train()


if __name__ == "__main__":
    main()
