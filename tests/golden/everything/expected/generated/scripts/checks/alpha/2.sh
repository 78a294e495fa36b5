#!/usr/bin/env bash
# Made by ghagen from spec/tools/alpha.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of alpha: --a-dash
#
# usage: 2.sh, by smoke/alpha.sh
# env:   what smoke/alpha.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

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
