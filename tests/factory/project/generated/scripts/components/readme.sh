#!/usr/bin/env bash
# Made by ghagen from spec/components/readme.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# readme: A file of this repository.
#
# usage: readme.sh, by build-unit.sh
# env:   what run-build.sh and tools/TOOL.sh set
# exit:  0 done; 21 the source could not be fetched; 22 a proof failed; anything else: it failed to build
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

: "${WORKSPACE:?}" "${WORK:?}" "${PREFIX:?}" "${TOOLCHAIN:?}" "${CACHE:?}" "${JOBS:?}"
: "${TOOL:?}" "${LINE:?}" "${ARCH:?}" "${TRIPLE:?}" "${MACHINE:?}" "${GOARCH:?}" "${RUST_TARGET:?}"
: "${CC:?}" "${CXX:?}" "${AR:?}" "${RANLIB:?}" "${STRIP:?}" "${STEP:?}"

# step NAME: where it is now. build-unit.sh tells it, should it fail there.
step() {
  printf '%s\n' "$1" >"$STEP"
  printf 'ghagen: step %s\n' "$1"
}

# The source.
step fetch
export SOURCE=$WORK/sources/readme
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
rm --recursive --force -- "$SOURCE"
mkdir --parents -- "$SOURCE"
if [[ -d $WORKSPACE/files ]]; then cp --recursive -- "$WORKSPACE/files/." "$SOURCE/"; fi
SOURCE_DATE_EPOCH=0
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static -Wl,-z,stack-size=8388608"
export LINKS=$WORK/links/readme
mkdir --parents -- "$LINKS"

# Files, copied as they are.

step install
# copy FROM TO: a file, or everything in a folder, from below the source to below the prefix.
copy() {
  if [[ -d $SOURCE/$1 ]]; then
    mkdir --parents -- "$PREFIX/$2"
    cp --recursive --dereference -- "$SOURCE/$1/." "$PREFIX/$2/"
  elif [[ -x $SOURCE/$1 ]]; then
    install -D --mode=0755 -- "$SOURCE/$1" "$PREFIX/$2"
  else
    install -D --mode=0644 -- "$SOURCE/$1" "$PREFIX/$2"
  fi
}
copy readme/skopeo/README.txt share/readme/skopeo/README.txt
copy readme/probe/README.txt share/readme/probe/README.txt
