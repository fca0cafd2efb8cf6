"""Does a wheel serve its page where there is no Node and no checkout? `wheel_check.py WHEEL VENV`.

Installs WHEEL and its locked dependencies into VENV, starts `pellucid up` there with a PATH that leads to nothing but
Python, and asks for the page, one of its scripts, and the API's health.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
WAIT_S = 120


def main(wheel: Path, venv: Path) -> None:
    """Raises where anything is missing."""
    install = [
        str(ROOT / "scripts/install.sh"),
        str(venv),
        "requirements/runtime.txt",
        str(wheel),
    ]
    subprocess.run(["bash", *install], check=True)
    subprocess.run([venv / "bin/python", "-m", "pip", "check"], check=True)
    with tempfile.TemporaryDirectory() as elsewhere:
        environ = {
            **os.environ,
            "PATH": str(venv / "bin"),
            "PELLUCID_DATA_DIR": elsewhere,
            "PYTHONUNBUFFERED": "1",
        }
        environ.pop("PYTHONPATH", None)
        assert shutil.which("node", path=environ["PATH"]) is None
        command = [venv / "bin/pellucid", "up", "--no-browser"]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=elsewhere, env=environ, stdout=pipe, stderr=subprocess.STDOUT, text=True
        ) as up:
            late = threading.Timer(WAIT_S, up.kill)
            late.start()
            try:
                look_at(address_in(up))
            finally:
                late.cancel()
                up.send_signal(signal.SIGTERM)
                up.communicate()
    print("The wheel serves its page.")


def address_in(up: "subprocess.Popen[str]") -> str:
    """The address that `pellucid up` prints."""
    said: list[str] = []
    for line in up.stdout or ():
        said.append(line)
        found = re.search(r"http://[^\s/]+", line)
        if found:
            return found[0]
    raise SystemExit("pellucid up printed no address:\n" + "".join(said))


def look_at(address: str) -> None:
    """Fetch the page, a script it names, and the health."""
    page = fetch(address + "/")
    script = re.search(r'<script[^>]+src="(/assets/[^"]+\.js)"', page)
    assert script, "the page names no script"
    assert len(fetch(address + script[1])) > 10_000
    assert '"version"' in fetch(address + "/api/health")


def fetch(address: str) -> str:
    """The text at `address`, whatever proxy is configured."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=20) as response:
        return response.read().decode()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
