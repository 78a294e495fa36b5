#!/usr/bin/env bash
# Made by ghagen from spec/tools/alpha.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Uses alpha as it was unpacked: the checks of the spec, in their order, until one fails.
#
# usage: alpha.sh
# env:   PACKAGE (the top folder of the unpacked archive) TOOL VERSION ARCH VARIANT LINE, as smoke-test.sh sets them
# exit:  0 done; anything else: the check that was named last failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
: "${PACKAGE:?}" "${TOOL:?}" "${VERSION:?}" "${ARCH:?}" "${VARIANT:?}" "${LINE:?}"
# The programs of the package go before those of the machine.
case $VARIANT in
  default) PATH=$PACKAGE/usr/bin:$PACKAGE/opt/alpha/bin:$PATH ;;
  with-all_1.x) PATH=$PACKAGE/usr/bin:$PACKAGE/usr/lib/alpha:$PATH ;;
  bare) PATH=$PACKAGE:$PATH ;;
  *) ;;
esac
cd -- "$PACKAGE"

say 'check:' "it's \"quoted\": \$HOME, \`x\`, 100%, \\n, # and → ü"
"$here/checks/alpha/1.sh"

if [[ $VARIANT == with-all_1.x && $ARCH == arm64 ]]; then
  say 'check:' --a-dash
  "$here/checks/alpha/2.sh"
fi

if [[ ($VARIANT == default || $VARIANT == bare) && $LINE == 2 ]]; then
  say 'check:' 'only in one line'
  "$here/checks/alpha/3.sh"
fi
