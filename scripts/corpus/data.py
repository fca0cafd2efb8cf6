"""The word lists and wordings, read once."""

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA: dict[str, Any] = tomllib.loads((HERE / "data.toml").read_text())
WORDING: dict[str, Any] = tomllib.loads((HERE / "wording.toml").read_text())
