#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Packs one variant of a tool: stages its contents, writes the archive and proves it. The same inputs give the same bytes.
#
# usage: package.sh TOOL ARCH VARIANT
# env:   VERSION LINE WORKSPACE WORK PREFIX, as run-build.sh sets them; SOURCE_DATE_EPOCH (default: the one that the build noted)
# out:   WORK/dist/ARCHIVE
# exit:  0 done; 2 usage; 20 something that belongs into the package is missing; 22 a proof failed
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
(($# == 3)) || fail 2 "usage: package.sh TOOL ARCH VARIANT"
export TOOL=$1 ARCH=$2 VARIANT=$3
[[ $TOOL =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/packages/$TOOL.sh ]] || fail 2 "there is no tool $TOOL"
[[ $ARCH =~ ^[a-z0-9][a-z0-9_]*$ ]] || fail 2 "ARCH must be the name of an arch"
[[ $VARIANT =~ ^[a-z0-9][a-z0-9._-]*$ ]] || fail 2 "VARIANT must be the name of a variant"
: "${LINE:?}" "${WORKSPACE:?}" "${PREFIX:?}"
[[ ${VERSION:-} =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
[[ ${WORK:-} == /* ]] || fail 2 "WORK must be an absolute path"
epoch=${SOURCE_DATE_EPOCH:-$(<"$WORK/source-date-epoch")}
[[ $epoch =~ ^[0-9]+$ ]] || fail 2 "SOURCE_DATE_EPOCH must be a number of seconds"

archive=$("$here/packages/$TOOL.sh" name)
top=$TOOL-v$VERSION
stage=$WORK/stage/$VARIANT
umask 022
rm --recursive --force -- "$stage"
mkdir --parents -- "$stage/$top" "$WORK/dist"
"$here/packages/$TOOL.sh" stage "$stage/$top"

# Nothing of the machine that packs goes in: no names, no times, no order of its folders. An archive gets its name when it is
# proved.
tar --create --directory "$stage" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=posix \
  --pax-option='exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime' -- "$top" \
  | zstd --quiet --force -19 --threads=4 -o "$WORK/dist/$archive.partial"
unpacked=$WORK/stage/$VARIANT.unpacked
rm --recursive --force -- "$unpacked"
"$here/prove-package.sh" "$TOOL" "$ARCH" "$VARIANT" "$WORK/dist/$archive.partial" "$unpacked"
rm --recursive --force -- "$unpacked"
mv -- "$WORK/dist/$archive.partial" "$WORK/dist/$archive"
say "packed $archive, $(stat --format=%s -- "$WORK/dist/$archive") bytes"
