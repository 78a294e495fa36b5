#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Unpacks an archive and proves it: its owner and its one top folder, the exact list of its files with their types, modes and
# targets, then every program in it.
#
# usage: prove-package.sh TOOL ARCH VARIANT ARCHIVE DEST      (DEST must not exist; the tree is left there)
# env:   VERSION, LINE
# exit:  0 all proofs hold; 2 usage; 22 a proof failed
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
(($# == 5)) || fail 2 "usage: prove-package.sh TOOL ARCH VARIANT ARCHIVE DEST"
export TOOL=$1 ARCH=$2 VARIANT=$3
archive=$4 dest=$5
[[ $TOOL =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/packages/$TOOL.sh ]] || fail 2 "there is no tool $TOOL"
[[ ${VERSION:-} =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
: "${LINE:?}"
[[ -f $archive ]] || fail 2 "there is no archive $archive"
[[ ! -e $dest ]] || fail 2 "DEST exists: $dest"
top=$TOOL-v$VERSION
name=$(basename -- "$archive")

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

zstd --quiet --decompress --stdout -- "$archive" >"$scratch/archive.tar" || fail 22 "$name: damaged"

# Unpacked by root, whatever owner stands in there would become the owner of /usr and /etc.
tar --list --verbose --numeric-owner --file "$scratch/archive.tar" >"$scratch/listing"
if awk '$2 != "0/0"' "$scratch/listing" | grep . >"$scratch/owners"; then
  fail 22 "$name: not everything belongs to root: $(head --lines=1 "$scratch/owners")"
fi
tar --list --file "$scratch/archive.tar" >"$scratch/names"
if grep --invert-match --extended-regexp "^${top//[.+]/\\&}/" "$scratch/names" >"$scratch/outside"; then
  fail 22 "$name: not everything is below $top/: $(head --lines=1 "$scratch/outside")"
fi

mkdir --parents -- "$dest"
tar --extract --file "$scratch/archive.tar" --directory "$dest" --preserve-permissions --no-same-owner
find "$dest/$top" -mindepth 1 \( -type l -printf 'l - %P -> %l\n' -o -printf '%y %m %P\n' \) | sort >"$scratch/found"
"$here/packages/$TOOL.sh" list | sort >"$scratch/expected"
if ! diff --unified "$scratch/expected" "$scratch/found" >&2; then
  fail 22 "$name: its contents are not the ones that the spec lists (- missing, + too much)"
fi
"$here/packages/$TOOL.sh" prove "$dest/$top"
