#!/usr/bin/env bash
# Made by ghagen from spec/components/fuse-overlayfs.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# fuse-overlayfs: Layers of images in user space, for kernels that cannot do it rootless.
#
# usage: fuse-overlayfs.sh, by build-unit.sh
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
export SOURCE=$WORK/sources/fuse-overlayfs
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
"$scripts/fetch-source.sh" "$UNIT_URL" "$UNIT_TAG" "$UNIT_COMMIT" "$SOURCE"
SOURCE_DATE_EPOCH=$(git -C "$SOURCE" log --max-count=1 --format=%ct)
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static $PREFIX/lib/mimalloc.o -Wl,-z,stack-size=8388608"
export LINKS=$WORK/links/fuse-overlayfs
mkdir --parents -- "$LINKS"

# configure, then make.
step configure
cd -- "$SOURCE"
autoreconf --force --install
./configure --host="$TRIPLE" --prefix="$PREFIX"

step compile
make --jobs="$JOBS"

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
copy fuse-overlayfs bin/fuse-overlayfs

# Proofs, while the symbols still tell whose libc and whose malloc it is; then the symbols go.
step proof
prove() {
  "$scripts/prove-program.sh" "$PREFIX/$1" --machine "$ARCH" "${@:2}"
  "$STRIP" "$PREFIX/$1"
}
prove bin/fuse-overlayfs --link static --allocator-symbol mi_malloc --symbols yes --links "$LINKS" --expect 'fuse-overlayfs: version' -- --version
