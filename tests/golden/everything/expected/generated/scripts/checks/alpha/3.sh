#!/usr/bin/env bash
# Made by ghagen from spec/tools/alpha.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of alpha: --a-dash
#
# usage: 3.sh, by smoke/alpha.sh
# env:   what smoke/alpha.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
text='first
  second, with two spaces before it
third'
cat >expected <<'EOF'
first
  second, with two spaces before it
third
EOF
printf '%s\n' "$text" | cmp - expected
if [[ $VERSION == 2.* ]]; then
  printf '%s\n' "100% \$HOME {not} a {placeholder}: {version}"
fi
