"""Writes the API's description: `python -m pellucid.server.openapi`, from the repository's root."""

import json
from pathlib import Path

from pellucid.core.settings import Settings
from pellucid.server.app import create_app
from pellucid.server.description import describe


def render() -> str:
    """The document as it is kept in the repository."""
    return json.dumps(describe(create_app(Settings())), indent=2, sort_keys=True) + "\n"


def main(target: Path = Path("docs/openapi.json")) -> None:
    """Write the document to `target`."""
    target.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
