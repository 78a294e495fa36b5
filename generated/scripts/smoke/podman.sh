#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Uses podman as it was unpacked: the checks of the spec, in their order, until one fails.
#
# usage: podman.sh
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
  default) PATH=$PACKAGE/usr/local/bin:$PACKAGE/usr/local/lib/podman:$PATH ;;
  full) PATH=$PACKAGE/usr/local/bin:$PACKAGE/usr/local/lib/podman:$PACKAGE/usr/local/libexec/podman:$PATH ;;
  *) ;;
esac
cd -- "$PACKAGE"

say 'check:' 'it answers with its version'
"$here/checks/podman/1.sh"

say 'check:' 'mimalloc is at work'
"$here/checks/podman/2.sh"

if [[ $VARIANT == default || $VARIANT == full ]]; then
  say 'check:' 'the runtime parts answer'
  "$here/checks/podman/3.sh"
fi

if [[ $VARIANT == full ]]; then
  say 'check:' 'the other parts answer'
  "$here/checks/podman/4.sh"
fi

if [[ $VARIANT == full ]]; then
  say 'check:' 'the units are no templates'
  "$here/checks/podman/5.sh"
fi

if [[ $VARIANT == default || $VARIANT == full ]]; then
  say 'check:' 'it takes crun and conmon of the package'
  "$here/checks/podman/6.sh"
fi
