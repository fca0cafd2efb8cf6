"""Every skip and expected failure is listed in tests/QUARANTINE.md, and nothing else is."""

import re
from pathlib import Path

SKIPS = re.compile(
    r"pytest\.(skip|xfail|importorskip)\(|mark\.(skip|skipif|xfail)\b|@unittest\.skip"
)


def test_every_skip_is_listed(root: Path) -> None:
    listed = set(re.findall(r"^\| `([^`]+)`", (root / "tests/QUARANTINE.md").read_text(), re.M))
    here = Path(__file__).relative_to(root).as_posix()
    found = {
        path.relative_to(root).as_posix()
        for path in (root / "tests").rglob("*.py")
        if SKIPS.search(path.read_text())
    } - {here}
    assert found == listed
