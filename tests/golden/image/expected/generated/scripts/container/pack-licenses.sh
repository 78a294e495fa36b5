#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Packs the licence texts that a build collected, with those of what the toolchain links in. The release joins them for all arches.
#
# usage: pack-licenses.sh TOOL ARCH
# env:   WORK TOOLCHAIN, as run-build.sh sets them; SOURCE_DATE_EPOCH (default: the one that the build noted)
# out:   WORK/dist/TOOL-licenses-ARCH.tar.zst
# exit:  0 done; 2 usage
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

(($# == 2)) || fail 2 "usage: pack-licenses.sh TOOL ARCH"
archive=${WORK:?}/dist/$1-licenses-$2.tar.zst
epoch=${SOURCE_DATE_EPOCH:-$(<"$WORK/source-date-epoch")}
[[ $epoch =~ ^[0-9]+$ ]] || fail 2 "SOURCE_DATE_EPOCH must be a number of seconds"

stage=$WORK/stage/licenses
rm --recursive --force -- "$stage"
mkdir --parents -- "$stage"
for folder in "${TOOLCHAIN:?}/licenses" "$WORK"/licenses/*; do
  if [[ -d $folder ]]; then cp --recursive -- "$folder/." "$stage/"; fi
done
tar --create --directory "$stage" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=posix \
  --mode='u=rwX,go=rX' --pax-option='exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime' -- . \
  | zstd --quiet --force -12 --threads=4 -o "$archive"
say "packed the licences of $1 for $2"
