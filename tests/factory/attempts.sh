#!/usr/bin/env bash
# Tries to reach glibc, and the libraries of the distribution, through the build environment. Every attempt has to fail, and what it
# asked for has to be there: a refusal of something that is not installed would show nothing.
#
# usage: attempts.sh ARCH, in a container in which setup-build-env.sh has set up that arch
# exit:  0 all were refused; 1 one was not, is said
set -euo pipefail
export LC_ALL=C

case $1 in
  amd64) triple=x86_64-linux-musl ;;
  arm64) triple=aarch64-linux-musl ;;
  *) exit 2 ;;
esac
work=$(mktemp --directory)
trap 'rm --recursive --force -- "$work"' EXIT
cd -- "$work"
export PATH=/opt/ghagen/bin:$PATH PREFIX=$work/prefix LINK_FLAGS=-static
count=0

die() {
  printf 'attempts: %s\n' "$*" >&2
  exit 1
}

# there PATTERN: on this machine there is such a file.
there() {
  compgen -G "$1" >/dev/null || die "nothing is shown: there is no $1"
}

# refused MESSAGE COMMAND...: it fails, and says so.
refused() {
  if "${@:2}" >"$work/log" 2>&1; then die "this worked: ${*:2}"; fi
  grep --extended-regexp -e "$1" "$work/log" >/dev/null || die "another failure than '$1': $(<"$work/log")"
  count=$((count + 1))
}

printf 'int main(void) { return 0; }\n' >empty.c
"$triple-clang" -o empty empty.c

# Headers that are glibc's alone, and of libraries of the distribution.
there '/usr/include/*/gnu/libc-version.h'
printf '#include <gnu/libc-version.h>\n' >glibc.c
refused "gnu/libc-version.h' file not found" "$triple-clang" -c glibc.c
there /usr/include/systemd/sd-journal.h
printf '#include <systemd/sd-journal.h>\n' >systemd.c
refused "systemd/sd-journal.h' file not found" "$triple-clang" -c systemd.c
printf '#include <stdlib.h>\n#ifndef __GLIBC__\n#error no glibc\n#endif\n' >macro.c
refused 'no glibc' "$triple-clang" -c macro.c

# Libraries that are glibc's alone, and of the distribution.
there '/usr/lib/*/libanl.a'
refused 'unable to find library -lanl' "$triple-clang" -o anl empty.c -lanl
there '/usr/lib/*/libltdl.a'
refused 'unable to find library -lltdl' "$triple-clang" -o ltdl empty.c -lltdl

# The library of C++, which the distribution has for glibc.
there '/usr/include/c++/*/vector'
printf '#include <vector>\n' >vector.cc
refused "vector' file not found" "$triple-clang++" -c vector.cc

# By the programs that look for libraries.
there '/usr/lib/*/pkgconfig/libsystemd.pc'
refused 'libsystemd.*was not found|Package libsystemd' "$triple-pkg-config" --print-errors --exists libsystemd
mkdir cmake meson
cat >cmake/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.16)
project(attempt C)
find_library(LTDL ltdl)
if(NOT LTDL)
  message(FATAL_ERROR "no ltdl")
endif()
CMAKE
refused 'no ltdl' cmake -S cmake -B cmake/build -DCMAKE_TOOLCHAIN_FILE="/opt/ghagen/cmake/$triple.cmake"
cat >meson/meson.build <<'MESON'
project('attempt', 'c')
meson.get_compiler('c').find_library('ltdl')
MESON
refused "C .*library 'ltdl' not found" meson setup --cross-file="/opt/ghagen/meson/$triple.ini" meson/build meson

printf 'attempts: %s refused\n' "$count"
