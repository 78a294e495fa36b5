#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Builds a tool for one arch inside the build container: the environment, the units in their order, then the archives.
#
# usage: run-build.sh
# env:   TOOL ARCH VARIANT VERSION COMMIT
#        GHAGEN_REUSE      on: a unit that is exactly as it was is taken from an earlier build (default); off: all are built
#        GHAGEN_WORKSPACE (default /workspace), GHAGEN_TOOLCHAIN (default /opt/ghagen), GHAGEN_JOBS (default: all processors)
# exit:  0 done; 2 usage; 20 a unit failed to build; 21 a source could not be fetched; 22 a proof failed;
#        23 the build environment could not be set up
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

# 125 to 127 belong to the container runner: a missing command in here must not look like a container that did not start.
own_code() {
  local code=$?
  if ((code >= 125)); then code=20; fi
  exit "$code"
}
trap own_code EXIT

(($# == 0)) || fail 2 "usage: run-build.sh (everything by environment)"
export TOOL=${TOOL:-} ARCH=${ARCH:-} VARIANT=${VARIANT:-} VERSION=${VERSION:-} COMMIT=${COMMIT:-}
export WORKSPACE=${GHAGEN_WORKSPACE:-/workspace}
export TOOLCHAIN=${GHAGEN_TOOLCHAIN:-/opt/ghagen}
scripts=$WORKSPACE/scripts
[[ $TOOL =~ ^[a-z0-9][a-z0-9._-]*$ && -f $scripts/tools/$TOOL.sh ]] || fail 2 "TOOL must be the name of a tool"
[[ $VARIANT =~ ^[a-z0-9][a-z0-9._-]*(,[a-z0-9][a-z0-9._-]*)*$ ]] || fail 2 "VARIANT must be a name, several with commas, or all"
[[ $VERSION =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
[[ $COMMIT =~ ^[0-9a-f]{40}$ ]] || fail 2 "COMMIT must be a commit, 40 hexadecimal digits"
export GHAGEN_REUSE=${GHAGEN_REUSE:-on}
[[ $GHAGEN_REUSE =~ ^(on|off)$ ]] || fail 2 "GHAGEN_REUSE must be on or off"
case $ARCH in
  amd64) TRIPLE=x86_64-linux-musl MACHINE=x86_64 GOARCH=amd64 RUST_TARGET=x86_64-unknown-linux-musl ;;
  arm64) TRIPLE=aarch64-linux-musl MACHINE=aarch64 GOARCH=arm64 RUST_TARGET=aarch64-unknown-linux-musl ;;
  *) fail 2 "ARCH must be one of: amd64, arm64" ;;
esac
export TRIPLE MACHINE GOARCH RUST_TARGET

export LINE
LINE=$("$scripts/tools/$TOOL.sh" line)
variants=$("$scripts/tools/$TOOL.sh" variants)
languages=$("$scripts/tools/$TOOL.sh" languages)

# A build starts from nothing: what an earlier one left could end up in a package. Only downloads, which have checksums of their
# own, and the results of units, which have keys, are outside of this folder.
export WORK=$WORKSPACE/build/$TOOL-$ARCH
[[ $WORK != *[[:space:]]* ]] || fail 2 "no build works in a folder with a space in its path: $WORK"
export CACHE=$WORKSPACE/build/cache
export PREFIX=$WORK/install
rm --recursive --force -- "$WORK"
mkdir --parents -- "$CACHE" "$PREFIX" "$WORK"/{sources,units,logs,links,licenses,stage,dist}

say "environment ($ARCH) ..."
"$scripts/container/setup-build-env.sh" --languages "${languages:-none}" "$ARCH"
cp -- "$TOOLCHAIN/packages.txt" "$WORK/logs/packages.txt"
say "environment ($ARCH) done in $SECONDS s"
# The part of every unit's key that is the same for all: these scripts, the packages of the distribution, the machine.
export TOOLCHAIN_KEY
TOOLCHAIN_KEY=$(cat -- "$scripts"/container/*.sh "$TOOLCHAIN/packages.txt" <(uname --machine) | sha256sum)
TOOLCHAIN_KEY=${TOOLCHAIN_KEY%% *}

# The one way to a compiler: all of these lead to the sysroot, and the host's libc is out of reach.
export PATH=$TOOLCHAIN/bin:$PATH
export CC=$TOOLCHAIN/bin/$TRIPLE-clang CXX=$TOOLCHAIN/bin/$TRIPLE-clang++
export AR=$TOOLCHAIN/bin/$TRIPLE-ar RANLIB=$TOOLCHAIN/bin/$TRIPLE-ranlib NM=$TOOLCHAIN/bin/$TRIPLE-nm
export STRIP=$TOOLCHAIN/bin/$TRIPLE-strip OBJCOPY=$TOOLCHAIN/bin/$TRIPLE-objcopy
export PKG_CONFIG=$TOOLCHAIN/bin/$TRIPLE-pkg-config
export PKG_CONFIG_LIBDIR=$PREFIX/lib/pkgconfig:$PREFIX/share/pkgconfig
unset PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR UNIT_ENVIRONMENT
# The compiler of the machine itself, for programs that a build runs while it builds.
export BUILD_CC=$TOOLCHAIN/bin/build-cc CC_FOR_BUILD=$TOOLCHAIN/bin/build-cc
export JOBS=${GHAGEN_JOBS:-}
if [[ ! $JOBS =~ ^[1-9][0-9]*$ ]]; then JOBS=$(nproc); fi
export TZ=UTC HOME=${HOME:-/root}
umask 022

"$scripts/tools/$TOOL.sh" build
while IFS= read -r variant; do
  "$scripts/package.sh" "$TOOL" "$ARCH" "$variant"
done <<<"$variants"
"$scripts/container/pack-licenses.sh" "$TOOL" "$ARCH"
