#!/usr/bin/env bash
# Made by ghagen from spec/components/libfuse.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# libfuse: Filesystems in user space, for fuse-overlayfs.
#
# usage: libfuse.sh, by build-unit.sh
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
export SOURCE=$WORK/sources/libfuse
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
export LINKS=$WORK/links/libfuse
mkdir --parents -- "$LINKS"

# Meson and ninja, by the cross file of the target: that of the machine itself would find its libraries.
step configure
options=(
  --libdir=lib
  -Dexamples=false
  -Dutils=false
  -Dtests=false
  -Duseroot=false
)
meson setup --cross-file="$TOOLCHAIN/meson/$TRIPLE.ini" --prefix="$PREFIX" --buildtype=plain --default-library=static \
  --wrap-mode=nodownload -Dc_args="$CPPFLAGS $CFLAGS" -Dcpp_args="$CPPFLAGS $CXXFLAGS" \
  -Dc_link_args="$LDFLAGS" -Dcpp_link_args="$LDFLAGS" "${options[@]}" "$SOURCE/build" "$SOURCE"

step compile
ninja -C "$SOURCE/build" -j "$JOBS"
step install
meson install -C "$SOURCE/build" --no-rebuild
