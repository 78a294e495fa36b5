#!/usr/bin/env bash
# Installs the Python package that `make bench` measures beside ghagen, into target/tools/bench-venv. Without Python, or
# without the registry, the benchmark leaves it out.
#
# Usage: benches/install.sh
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/target/tools/bench-venv
requirements=$root/benches/requirements.txt

if [[ -x $venv/bin/ghagen && $venv/requirements.txt -nt $requirements ]]; then
  exit 0
fi
rm -rf -- "$venv"
if python3 -m venv -- "$venv" && "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
  --only-binary :all: --requirement "$requirements"; then
  cp -- "$requirements" "$venv/requirements.txt"
else
  printf 'bench: without the Python package, which could not be installed\n' >&2
fi
