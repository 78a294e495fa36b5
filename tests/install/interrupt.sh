#!/bin/sh
# Runs on the machine of a test. The programs that change the disk are shadowed: each takes one from /run/left, and kills the
# installer when nothing is left.
#
# usage: interrupt.sh FIRST SECOND      (the addresses of two releases)
set -eu

state() {
  find /etc /usr /var /opt /tmp ! -name 'tmp.*' ! -path '/tmp/tmp.*' 2>/dev/null | sort | while read -r path; do
    if [ -L "$path" ]; then
      printf '%s -> %s\n' "$path" "$(readlink "$path")"
    elif [ -f "$path" ]; then
      printf '%s %s\n' "$path" "$(sha256sum <"$path")"
    else
      printf '%s\n' "$path"
    fi
  done
}
# run LEFT WORD...: podman's installer, killed at the LEFT-th change; 0: not at all.
run() {
  echo "$1" >/run/left
  shift
  sh /tools/install-podman.sh "$@" >/run/log 2>&1
}
first() { run "$1" --version 1.1.0 --base-url "$first"; }
second() { run "$1" --version 2.1.0 --base-url "$second"; }
remove() { run "$1" --uninstall; }
same() {
  state >/run/found
  if ! cmp -s "$1" /run/found; then
    echo "$2, and what is there is not what should be:"
    grep -v -x -F -f "$1" /run/found || true
    grep -v -x -F -f /run/found "$1" || true
    cat /run/log
    exit 1
  fi
}

# save NAME, restore NAME: by the programs themselves, which nothing kills.
changed='usr var'
save() {
  /tools/mkdir "/run/$1.saved"
  for folder in $changed; do
    if [ -d "/$folder" ]; then /tools/cp -a "/$folder" "/run/$1.saved/"; fi
  done
}
restore() {
  for folder in $changed; do /tools/rm -rf "/${folder:?}"; done
  /tools/cp -a "/run/$1.saved/." /
}

first=$1 second=$2
state >/run/nothing
first 0
state >/run/first
save first
second 0
state >/run/second
save second
remove 0
same /run/nothing 'removed'

step=1
while ! first "$step"; do
  remove 0
  same /run/nothing "installing was interrupted at step $step, and removed"
  ! first "$step" || exit 1
  first 0
  same /run/first "installing was interrupted at step $step, and run again"
  remove 0
  echo "install $step"
  step=$((step + 1))
done
restore first
step=1
while ! second "$step"; do
  second 0
  same /run/second "the upgrade was interrupted at step $step, and run again"
  restore first
  ! second "$step" || exit 1
  remove 0
  same /run/nothing "the upgrade was interrupted at step $step, and removed"
  restore first
  echo "upgrade $step"
  step=$((step + 1))
done
step=1
while ! remove "$step"; do
  remove 0
  same /run/nothing "removing was interrupted at step $step, and run again"
  restore second
  echo "remove $step"
  step=$((step + 1))
done
same /run/nothing 'removed'
