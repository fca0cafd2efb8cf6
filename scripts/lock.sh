#!/usr/bin/env bash
# Resolves pyproject.toml into requirements/{runtime,dev}.txt: exact versions, hashes, no addresses.
# Pass --upgrade for newer versions; without it, what is locked stays as long as it fits.
set -euo pipefail
cd "$(dirname "$0")/.."

uv_version=0.13.9
tool=build/lock
[ -x "$tool/bin/uv" ] || { python3 -m venv "$tool" && "$tool/bin/pip" install --quiet "uv==$uv_version"; }

compile() {
  "$tool/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-header --no-emit-package torch \
    --constraints requirements/torch.txt --overrides requirements/overrides.txt "$@"
}
compile --group dev --output-file requirements/dev.txt "$@"
compile --constraints requirements/dev.txt --output-file requirements/runtime.txt
