#!/usr/bin/env bash
# Made by ghagen from spec/components/pcre2.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# pcre2: Regular expressions, for glib.
#
# usage: pcre2.sh, by build-unit.sh
# env:   what run-build.sh and tools/TOOL.sh set
# exit:  0 done; 21 the source could not be fetched; 22 a proof failed; anything else: it failed to build
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

: "${WORKSPACE:?}" "${WORK:?}" "${PREFIX:?}" "${TOOLCHAIN:?}" "${CACHE:?}" "${JOBS:?}"
: "${TOOL:?}" "${LINE:?}" "${ARCH:?}" "${TRIPLE:?}" "${MACHINE:?}" "${GOARCH:?}" "${RUST_TARGET:?}"
: "${CC:?}" "${CXX:?}" "${AR:?}" "${RANLIB:?}" "${STRIP:?}" "${STEP:?}"
scripts=$WORKSPACE/scripts/container

# step NAME: where it is now. build-unit.sh tells it, should it fail there.
step() {
  printf '%s\n' "$1" >"$STEP"
  printf 'ghagen: step %s\n' "$1"
}

# The source.
step fetch
export SOURCE=$WORK/sources/pcre2
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
"$scripts/fetch-source.sh" "$UNIT_URL" "$UNIT_TAG" "$UNIT_COMMIT" "$SOURCE"
SOURCE_DATE_EPOCH=$(git -C "$SOURCE" log --max-count=1 --format=%ct)
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static -Wl,-z,stack-size=8388608"
export LINKS=$WORK/links/pcre2
mkdir --parents -- "$LINKS"

# configure, then make.
step configure
cd -- "$SOURCE"
options=(
  --enable-static
  --disable-shared
  --disable-jit
)
./configure --host="$TRIPLE" --prefix="$PREFIX" "${options[@]}"

words=(libpcre2-8.la)
step compile
make --jobs="$JOBS" "${words[@]}"

step install
words=(
  install-libLTLIBRARIES
  install-includeHEADERS
  install-nodist_includeHEADERS
  install-pkgconfigDATA
)
make "${words[@]}"
