#!/usr/bin/env bash
# install.sh VENV [REQUIREMENTS WHEEL]
# Makes the virtual environment VENV and installs torch, what is locked, and this checkout (editable), or WHEEL.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$1 requirements=${2:-requirements/dev.txt} wheel=${3:-}
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Pellucid needs Python 3.11 or newer, and $python is $("$python" --version 2>&1); set PYTHON=/path/to/python." >&2
  exit 1
}
# A checkout that was moved leaves an environment that does not start: make it anew.
"$venv/bin/python" -c '' 2>/dev/null || { rm -rf "$venv" && "$python" -m venv "$venv"; }
pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }

# Which build of torch? Whatever pip is configured to find. Where nothing is configured and there is no NVIDIA
# GPU, PyTorch's own CPU builds: a plain install on Linux would bring gigabytes of CUDA.
wanted=$(grep -v '^#' requirements/torch.txt)
installed=$("$venv/bin/python" -c 'import importlib.metadata as m; print(m.version("torch"))' 2>/dev/null || true)
if [ "torch==${installed%%+*}" != "$wanted" ]; then
  index=()
  # Lists what is set in files and in PIP_* variables alike.
  configured=$(pip config list)
  if [ "$(uname -s)" = Linux ] && ! nvidia-smi -L >/dev/null 2>&1 &&
    ! grep -qE '(index-url|find-links|no-index)=' <<<"$configured"; then
    wanted="$wanted+cpu"
    index=(--extra-index-url https://download.pytorch.org/whl/cpu)
  fi
  echo "Installing $wanted ..."
  pip install -qq ${index[@]+"${index[@]}"} "$wanted"
fi

echo "Installing the locked packages ..."
# --no-deps: the file is complete but for torch, which has no hash there.
pip install -qq --require-hashes --no-deps -r "$requirements"

if [ -n "$wheel" ]; then
  pip install -qq --no-deps --force-reinstall "$wheel"
else
  echo "Installing this checkout ..."
  pip install -qq --no-deps --no-build-isolation --editable .
fi
