#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Tests an archive on a machine of its own arch: proves it as the build did, and then uses the tool.
#
# usage: smoke-test.sh TOOL ARCH VARIANT ARCHIVE
# env:   VERSION
#        GHAGEN_SMOKE   a folder for the test, which must not exist (default: a temporary one, removed at the end)
# exit:  0 done; 2 usage; 22 a proof failed; anything else: the tool does not work
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

# fail CODE TEXT: one line for the reader of the log, on GitHub an annotation too.
fail() {
  local code=$1 text=$2
  say "$text"
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '::error::%s\n' "$text" >&2
  fi
  exit "$code"
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(($# == 4)) || fail 2 "usage: VERSION=... smoke-test.sh TOOL ARCH VARIANT ARCHIVE"
export TOOL=$1 ARCH=$2 VARIANT=$3
archive=$4
[[ $TOOL =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/packages/$TOOL.sh ]] || fail 2 "there is no tool $TOOL"
[[ $ARCH =~ ^[a-z0-9][a-z0-9_]*$ ]] || fail 2 "ARCH must be the name of an arch"
[[ $VARIANT =~ ^[a-z0-9][a-z0-9._-]*$ ]] || fail 2 "VARIANT must be the name of a variant"
[[ ${VERSION:-} =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
[[ -f $archive ]] || fail 2 "there is no archive $archive"
case $ARCH in
  amd64) machine=x86_64 ;;
  arm64) machine=aarch64 ;;
  *) fail 2 "nothing is known about the arch $ARCH" ;;
esac
here_machine=$(uname --machine)
[[ $here_machine == "$machine" ]] || fail 2 "an archive for $ARCH cannot be tested on $here_machine"
export LINE
LINE=$("$here/tools/$TOOL.sh" line)

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

tree=${GHAGEN_SMOKE:-$scratch/tree}
"$here/prove-package.sh" "$TOOL" "$ARCH" "$VARIANT" "$archive" "$tree"
export PACKAGE=$tree/$TOOL-v$VERSION
code=0
if [[ -f $here/smoke/$TOOL.sh ]]; then
  "$here/smoke/$TOOL.sh" || code=$?
fi
((code == 0)) || fail "$code" "$TOOL $VERSION ($VARIANT, $ARCH) does not work: exit code $code"
say "$TOOL $VERSION ($VARIANT, $ARCH) works"
