#!/usr/bin/env bash
# Made by ghagen from spec/components/text.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# text: A file.
#
# usage: text.sh, by build-unit.sh
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
export SOURCE=$WORK/sources/text
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
export LINK_FLAGS="-static"
export LINKS=$WORK/links/text
mkdir --parents -- "$LINKS"

# The recipe. Bash from the spec, as it is: ghagen vouches for nothing in it.
step script
cd -- "$SOURCE"
mkdir --parents "$PREFIX/share"
printf '%s\n' "$PLAIN" >"$PREFIX/share/text"
