#!/usr/bin/env bash
# Made by ghagen from spec/tools/skopeo.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Uses skopeo as it was unpacked: the checks of the spec, in their order, until one fails.
#
# usage: skopeo.sh
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
  standalone) PATH=$PACKAGE:$PATH ;;
  default) PATH=$PACKAGE/usr/local/bin:$PATH ;;
  full) PATH=$PACKAGE/usr/local/bin:$PACKAGE/usr/local/lib/podman:$PATH ;;
  *) ;;
esac
cd -- "$PACKAGE"

say 'check:' 'it answers with its version'
"$here/checks/skopeo/1.sh"
