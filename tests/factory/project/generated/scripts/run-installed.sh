#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Runs a command as root where a package is unpacked below /, as users have it. The mounts and the processes are those of the
# command alone: what the package writes stays in memory, and whatever still runs at the end is killed.
#
# usage: run-installed.sh COMMAND...
# env:   PACKAGE ARCHIVE TOOL VERSION ARCH VARIANT LINE SMOKE_REASON, as smoke/TOOL.sh sets them
#        GHAGEN_SMOKE_USER     the user for what root must not do, where root starts this (default: who called sudo)
#        GHAGEN_SMOKE_SECONDS  how long the command may take (default 300)
#        The command gets these, ORDINARY_USER (may be empty), SCRATCH (a folder that is removed at the end) and NAMESPACES (a
#        folder by which a program of the machine can join: mnt, pid_for_children), and nothing else.
# exit:  77 this machine cannot do that; 137 it took too long; anything else: what the command ended with
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
self=$here/run-installed.sh
not_shown() { "$here/smoke-commands/not-shown.sh" "$1"; }
(($# > 0)) || fail 2 "usage: run-installed.sh COMMAND..."

# 1. As whoever starts the test: become root, with an environment of which every value is known.
start() {
  local user as_root=() values=() name
  if ((EUID == 0)); then
    user=${GHAGEN_SMOKE_USER:-${SUDO_USER:-}}
  else
    user=$(id --user --name)
    sudo --non-interactive true 2>/dev/null || not_shown 'it takes root, and sudo asks for a password'
    as_root=(sudo --non-interactive --)
  fi
  if [[ $user == root ]]; then user=; fi
  for name in PACKAGE ARCHIVE TOOL VERSION ARCH VARIANT LINE SMOKE_REASON; do
    values+=("$name=${!name:?}")
  done
  for name in GITHUB_ACTIONS GHAGEN_SMOKE_SECONDS; do
    values+=("$name=${!name:-}")
  done
  "${as_root[@]}" env --ignore-environment "${values[@]}" ORDINARY_USER="$user" HOME=/root \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$self" --prepare "$@"
}

# 2. As root: a folder for the command, then mounts and processes of its own. The end of the process that `unshare` starts is the
# end of all others.
own=(unshare --mount --propagation private --pid --fork --kill-child --mount-proc --)
prepare() {
  local seconds=${GHAGEN_SMOKE_SECONDS:-300}
  [[ $seconds =~ ^[1-9][0-9]*$ ]] || fail 2 "GHAGEN_SMOKE_SECONDS must be a number"
  "${own[@]}" true 2>/dev/null || not_shown 'root may not make namespaces here'
  top=$(mktemp --directory)
  trap 'rm --recursive --force -- "$top"' EXIT
  # Other users have to get through.
  chmod 0755 -- "$top"
  mkdir -- "$top/layers" "$top/work"
  SCRATCH=$top/work timeout --signal=KILL "$seconds" "$self" --separate "$@"
}
# `unshare` takes the place of this process, so that its number is known.
separate() { NAMESPACES=/proc/$$/ns exec "${own[@]}" "$self" --install "$@"; }

# place FOLDER: where the folder of the package has to be mounted. As deep as there is one way only, so that as little as
# possible of the machine lies below the mount.
place() {
  local path=$1 entries
  while true; do
    entries=("$PACKAGE$path"/*)
    if ((${#entries[@]} != 1)) || [[ ! -d ${entries[0]} || ! -d $path/${entries[0]##*/} ]]; then break; fi
    path=$path/${entries[0]##*/}
  done
  printf '%s\n' "$path"
}

# 3. In there: the folders of the machine become writable for this command alone, then the archive goes below /.
install_package() {
  local layers=${SCRATCH%/*}/layers folder path layer keep
  mount --types tmpfs --options mode=0755 tmpfs "$layers"
  shopt -s dotglob nullglob
  zstd --quiet --decompress --stdout -- "$ARCHIVE" >"$layers/archive.tar"
  for folder in "$PACKAGE"/*/; do
    folder=$(basename -- "$folder")
    path=$(place "/$folder")
    [[ -d $path ]] || not_shown "this machine has no $path"
    layer=$(mktemp --directory -- "$layers/layer.XXXXXX")
    mkdir -- "$layer/upper" "$layer/work"
    chown --reference="$path" -- "$layer/upper"
    chmod --reference="$path" -- "$layer/upper"
    mount --types overlay --options "lowerdir=$path,upperdir=$layer/upper,workdir=$layer/work" overlay "$path" 2>/dev/null \
      || not_shown "an overlay cannot be mounted over $path"
    # Settings of the machine stay; all else is replaced. Neither changes a folder that is there.
    keep=--no-overwrite-dir
    if [[ $folder == etc ]]; then keep=--skip-old-files; fi
    tar --extract --file "$layers/archive.tar" --directory / --strip-components=1 "$keep" "$TOOL-v$VERSION/$folder"
  done
  rm -- "$layers/archive.tar"
  # Container programs expect mounts that are shared. These are, and with nobody outside.
  mount --make-rshared /
  cd /
  PATH=$here/smoke-commands:$PATH exec "$@"
}

case $1 in
  --prepare) prepare "${@:2}" ;;
  --separate) separate "${@:2}" ;;
  --install) install_package "${@:2}" ;;
  *) start "$@" ;;
esac
