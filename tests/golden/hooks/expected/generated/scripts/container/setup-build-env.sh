#!/usr/bin/env bash
# Made by ghagen from spec/tools/first.yaml, spec/components/text.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Sets up the build environment for the given arches: packages of the distribution, then for each arch a sysroot with musl and
# the kernel headers, and commands that lead to it. The same steps on every Debian and Ubuntu and for every arch; nothing of
# the libc of the distribution can be reached through these commands.
#
#   TOOLCHAIN/bin/TRIPLE-{clang,clang++,pkg-config,ar,ranlib,nm,strip,objcopy}, bin/build-cc, bin/pkg-config, bin/llvm-*
#   TOOLCHAIN/sysroot/TRIPLE/, meson/TRIPLE.ini, cmake/TRIPLE.cmake, rust/VERSION/, packages.txt
#
# Run again, it does only what is missing: in an image that was made with this very script, nothing.
#
# usage: setup-build-env.sh [--languages go,rust|none] ARCH...     (default: all that the project needs)
# env:   GHAGEN_TOOLCHAIN (default /opt/ghagen)
# exit:  0 done; 2 usage; 23 the environment could not be set up
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

# retry COMMAND...: networks fail. Three attempts, with a pause that grows.
retry() {
  local attempt
  for attempt in 1 2 3; do
    if "$@"; then return 0; fi
    if ((attempt < 3)); then
      say "attempt $attempt failed, again soon: $*"
      sleep "$((attempt * ${GHAGEN_RETRY_SECONDS:-5}))"
    fi
  done
  return 1
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
toolchain=${GHAGEN_TOOLCHAIN:-/opt/ghagen}
languages=none
if [[ ${1:-} == --languages ]]; then
  languages=${2:-}
  shift 2 || fail 2 "--languages wants a value"
fi
[[ $languages =~ ^(go|rust|none)(,(go|rust|none))*$ ]] || fail 2 "--languages takes go, rust or none"
[[ $toolchain == /* ]] || fail 2 "GHAGEN_TOOLCHAIN must be an absolute path"
(($# > 0)) || fail 2 "usage: setup-build-env.sh [--languages go,rust|none] ARCH..."

# A stamp says what was done, and by which text of this script. Comments make no difference to that.
self=$(sed '/^ *# /d' -- "${BASH_SOURCE[0]}" | sha256sum)
self=${self%% *}
is_done() { [[ -f $toolchain/stamps/$1 && $(<"$toolchain/stamps/$1") == "$self" ]]; }
set_done() { printf '%s\n' "$self" >"$toolchain/stamps/$1"; }

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

# On any error: one exit code, so that the caller can tell this from a failed build.
trap 'fail 23 "the build environment could not be set up (line $LINENO)"' ERR
set -o errtrace

mkdir --parents -- "$toolchain"/{bin,sysroot,meson,cmake,stamps}
export DEBIAN_FRONTEND=noninteractive

apt_updated=false
apt_update() {
  if [[ $apt_updated == false ]]; then
    retry apt-get --quiet --quiet update >&2
    apt_updated=true
  fi
}
# apt_install PACKAGE...: hundreds of lines that nobody reads, until it fails.
apt_install() {
  apt_update
  if ! retry apt-get --quiet --quiet --option=Dpkg::Use-Pty=0 install --yes --no-install-recommends -- "$@" \
    >"$scratch/apt.log" 2>&1 </dev/null; then
    tail --lines=20 -- "$scratch/apt.log" >&2
    fail 23 "packages could not be installed: $*"
  fi
}
# newest_package PATTERN: the highest number that `#` of a package's name can stand for.
newest_package() {
  apt-cache search --names-only "^${1//#/[0-9]+}\$" | sed --quiet --regexp-extended "s/^${1//#/([0-9]+)} .*/\\1/p" \
    | sort --numeric-sort | tail --lines=1
}

install_base() {
  local packages=(
    ca-certificates
    cmake
    curl
    file
    git
    gperf
    gzip
    libc6:i386
    make
    patch
    pkg-config
    tar
    xz-utils
    zstd
  )
  apt_install "${packages[@]}"
}

# The distribution's own choice of clang where it is new enough, else the newest that it has.
clang_version() {
  local version
  version=$(apt-cache depends clang | sed --quiet --regexp-extended 's/^ *Depends: clang-([0-9]+)$/\1/p' | tail --lines=1)
  if ((${version:-0} < 18)); then
    version=$(newest_package 'clang-#')
  fi
  if ((${version:-0} < 18)); then
    fail 23 "no clang of version 18 or newer: the distribution has ${version:-none}"
  fi
  printf '%s\n' "$version"
}

install_compiler() {
  local version tool
  apt_update
  version=$(clang_version)
  apt_install "clang-$version" "lld-$version" "llvm-$version"
  llvm=/usr/lib/llvm-$version/bin
  for tool in ar ranlib nm strip objcopy readelf; do
    ln --symbolic --force -- "$llvm/llvm-$tool" "$toolchain/bin/llvm-$tool"
  done
  ln --symbolic --force -- "$llvm/clang" "$toolchain/bin/build-cc"
  printf '%s\n' "$llvm" >"$toolchain/llvm"
}

# arch_names ARCH: the names that an arch has elsewhere, in the variables triple, machine and gnu.
arch_names() {
  case $1 in
    amd64) triple=x86_64-linux-musl machine=x86_64 gnu=x86_64-linux-gnu ;;
    arm64) triple=aarch64-linux-musl machine=aarch64 gnu=aarch64-linux-gnu ;;
    *) fail 2 "ARCH must be one of: amd64 arm64" ;;
  esac
  native=false
  if [[ $machine == "$(uname --machine)" ]]; then native=true; fi
}

# first_folder FOLDER...: the first one that there is.
first_folder() {
  local folder
  for folder in "$@"; do
    if [[ -d $folder ]]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done
}

# The kernel's headers: no libc, but crun, libseccomp and their like do not compile without them.
install_kernel_headers() {
  local arch=$1 sysroot=$2 asm generic=/usr/include folder
  apt_install linux-libc-dev
  # Newer packages hold the headers of every arch, older ones those of their own.
  if [[ $native == true ]]; then
    asm=$(first_folder "/usr/include/$gnu/asm" "/usr/lib/linux/uapi/$arch/asm")
  else
    asm=$(first_folder "/usr/lib/linux/uapi/$arch/asm")
    if [[ -z $asm ]]; then
      apt_install "linux-libc-dev-$arch-cross"
      asm=$(first_folder "/usr/$gnu/include/asm")
      generic=/usr/$gnu/include
    fi
  fi
  [[ -n $asm ]] || fail 23 "no kernel headers for $arch"
  cp --recursive --dereference -- "$asm" "$sysroot/usr/include/asm"
  for folder in linux asm-generic mtd; do
    [[ -d $generic/$folder ]] || fail 23 "no kernel headers for $arch: $generic/$folder is missing"
    cp --recursive --dereference -- "$generic/$folder" "$sysroot/usr/include/$folder"
  done
}

# build_musl ARCH OPTION... DESTDIR=...: musl from its pinned source, as a static library.
build_musl() {
  local arch=$1 options=("${@:2:$#-2}") destdir=${*: -1} log=$scratch/musl.log
  "$here/fetch-source.sh" https://git.musl-libc.org/git/musl v1.2.6 0000000000000000000000000000000000000126 "$scratch/musl"
  if ! (
    cd -- "$scratch/musl" \
      && ./configure "${options[@]}" --disable-shared \
      && make --silent --jobs="$(nproc)" \
      && make --silent install "$destdir"
  ) >"$log" 2>&1; then
    tail --lines=40 -- "$log" >&2
    fail 23 "musl could not be built for $arch"
  fi
  unset CC AR RANLIB CROSS_COMPILE
  # It is linked into every program, and a release carries its licence.
  install -D --mode=0644 -- "$scratch/musl/COPYRIGHT" "$toolchain/licenses/musl/COPYRIGHT"
}

# What the compiler itself adds to every program: its small runtime library and the start and end of its own sections. They are
# copied into the sysroot, so that no link has a reason to look into the folders of the distribution.
install_runtime() {
  local arch=$1 sysroot=$2 version folder file
  if [[ $native == true ]]; then
    version=$(newest_package 'libgcc-#-dev')
    apt_install "libgcc-$version-dev"
    folder=/usr/lib/gcc/$gnu/$version
  else
    version=$(newest_package "libgcc-#-dev-$arch-cross")
    [[ -n $version ]] || fail 23 "the distribution has no libgcc for $arch (libgcc-N-dev-$arch-cross)"
    apt_install "libgcc-$version-dev-$arch-cross"
    folder=/usr/lib/gcc-cross/$gnu/$version
  fi
  runtime=$sysroot/usr/lib/gcc/$triple/$version
  mkdir --parents -- "$runtime"
  for file in "$folder"/crt*.o "$folder/libgcc.a" "$folder/libgcc_eh.a"; do
    cp -- "$file" "$runtime/"
  done
  # Images leave out much of /usr/share/doc. The exception of this licence asks for no text to come along.
  for file in /usr/share/doc/libgcc-"$version"-dev*/copyright /usr/share/doc/gcc-"$version"-base/copyright; do
    if [[ -f $file ]]; then install -D --mode=0644 -- "$file" "$toolchain/licenses/libgcc/copyright"; fi
  done
}

# write_command NAME: writes a small command of the toolchain, its text from the standard input.
write_command() {
  cat >"$toolchain/bin/$1"
  chmod 0755 -- "$toolchain/bin/$1"
}

# write_compiler NAME COMMAND...: a compiler with its options. Whatever build system calls it, every compilation gets
# COMPILE_FLAGS of the environment, every link of a program LINK_FLAGS as well (static or static-pie, the allocator), and it
# notes its inputs in LINKS: the proof of what went in.
write_compiler() {
  local name=$1
  shift
  write_command "$name" <<COMMAND
#!/bin/sh
links=yes
for argument; do
  case \$argument in
    -c | -S | -E | -M | -MM | -r | -shared | --version | -dump* | -print* | --print* | -fsyntax-only | '-###') links=no ;;
  esac
done
# Words, and not one word: no path in the flags holds a space.
if [ "\$*" = -v ] || [ "\$links" = no ]; then
  exec $* "\$@" \${COMPILE_FLAGS:-}
fi
if [ -n "\${LINKS:-}" ]; then
  LINK_FLAGS="\${LINK_FLAGS:-} -Wl,--dependency-file=\$LINKS/\$\$.d"
fi
exec $* "\$@" \${COMPILE_FLAGS:-} \${LINK_FLAGS:-}
COMMAND
}

install_sysroot() {
  local arch=$1 sysroot=$toolchain/sysroot/$triple tool llvm runtime
  local -a flags
  llvm=$(<"$toolchain/llvm")
  rm --recursive --force -- "$sysroot"
  mkdir --parents -- "$sysroot/usr/include" "$sysroot/usr/lib"
  ln --symbolic -- usr/lib "$sysroot/lib"

  export CC="$llvm/clang --target=$triple" AR=$llvm/llvm-ar RANLIB=$llvm/llvm-ranlib CROSS_COMPILE=''
  build_musl "$arch" --target="$triple" --prefix=/usr --syslibdir=/lib --disable-wrapper DESTDIR="$sysroot"
  install_kernel_headers "$arch" "$sysroot"
  install_runtime "$arch" "$sysroot"

  flags=(
    "--target=$triple" "--sysroot=$sysroot" "--gcc-install-dir=$runtime"
    -rtlib=libgcc -unwindlib=none -fuse-ld=lld -Qunused-arguments
  )
  write_compiler "$triple-clang" "$llvm/clang" "${flags[@]}"
  # No C++ library is built for musl here, and the one of the distribution belongs to glibc: the language without it.
  write_compiler "$triple-clang++" "$llvm/clang++" "${flags[@]}" -nostdinc++ -nostdlib++
  for tool in ar ranlib nm strip objcopy; do
    ln --symbolic --force -- "llvm-$tool" "$toolchain/bin/$triple-$tool"
  done
}

# What the build tools want to know about an arch. Libraries come from the prefix of the build and from nowhere else.
write_descriptions() {
  local arch=$1 bin=$toolchain/bin sysroot=$toolchain/sysroot/$triple emulate=true
  if [[ $native == true ]]; then emulate=false; fi

  write_command "$triple-pkg-config" <<COMMAND
#!/bin/sh
unset PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
PKG_CONFIG_LIBDIR=\${PREFIX:?}/lib/pkgconfig:\$PREFIX/share/pkgconfig
export PKG_CONFIG_LIBDIR
exec /usr/bin/pkg-config --static "\$@"
COMMAND
  ln --symbolic --force -- "$triple-pkg-config" "$bin/pkg-config"

  cat >"$toolchain/meson/$triple.ini" <<MESON
[binaries]
c = '$bin/$triple-clang'
cpp = '$bin/$triple-clang++'
ar = '$bin/$triple-ar'
ranlib = '$bin/$triple-ranlib'
nm = '$bin/$triple-nm'
strip = '$bin/$triple-strip'
pkg-config = '$bin/$triple-pkg-config'
pkgconfig = '$bin/$triple-pkg-config'

[properties]
needs_exe_wrapper = $emulate

[host_machine]
system = 'linux'
cpu_family = '$machine'
cpu = '$machine'
endian = 'little'
MESON

  cat >"$toolchain/cmake/$triple.cmake" <<CMAKE
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR $machine)
set(CMAKE_C_COMPILER $bin/$triple-clang)
set(CMAKE_CXX_COMPILER $bin/$triple-clang++)
set(CMAKE_AR $bin/$triple-ar)
set(CMAKE_RANLIB $bin/$triple-ranlib)
set(CMAKE_NM $bin/$triple-nm)
set(CMAKE_STRIP $bin/$triple-strip)
set(CMAKE_SYSROOT $sysroot)
set(CMAKE_FIND_ROOT_PATH "\$ENV{PREFIX}" $sysroot)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
CMAKE
}

# The proof of the environment: a program that leans on the libc is linked, all that went into it comes from the toolchain, and
# it is static, of the right machine and of musl.
prove_toolchain() {
  local arch=$1 links=$scratch/links.$1
  mkdir --parents -- "$links"
  cat >"$scratch/proof.c" <<'PROOF'
#include <linux/version.h>
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __GLIBC__
#error "the headers are those of glibc"
#endif

static void *work(void *argument) { return argument; }

int main(void) {
  char buffer[1024];
  struct passwd entry, *found;
  pthread_t thread;
  long double number = strtold("1.5", NULL);
  void *memory = malloc(64);
  if (pthread_create(&thread, NULL, work, memory) || pthread_join(thread, NULL)) return 1;
  getpwuid_r(0, &entry, buffer, sizeof buffer, &found);
  printf("static %.1Lf %d\n", number * number, LINUX_VERSION_CODE > 0);
  free(memory);
  return 0;
}
PROOF
  LINKS=$links "$toolchain/bin/$triple-clang" -O2 -static -o "$scratch/proof" "$scratch/proof.c" \
    || fail 23 "the compiler for $arch links nothing"
  TOOLCHAIN=$toolchain "$here/prove-program.sh" "$scratch/proof" --machine "$arch" --link static --symbols yes \
    --allocator-symbol libc --links "$links" --expect 'static 2.2 1' \
    || fail 23 "the compiler for $arch does not do what it is for"
}

((EUID == 0)) || fail 23 "packages are to be installed: this must run as root"
for arch in "$@"; do
  arch_names "$arch"
done
if ! is_done base; then
  say "packages of the distribution ..."
  install_base
  install_compiler
  set_done base
fi
for arch in "$@"; do
  if ! is_done "$arch"; then
    say "sysroot for $arch ..."
    arch_names "$arch"
    install_sysroot "$arch"
    write_descriptions "$arch"
    prove_toolchain "$arch"
    set_done "$arch"
  fi
done
# shown with every log: what the distribution gave us today.
dpkg-query --show --showformat='${Package} ${Version} ${Architecture}\n' >"$toolchain/packages.txt"
say "the build environment is ready: $*"
