#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A command of the checks.
#
# usage: machine-root.sh, by checks
# env:   what the check has
# exit:  0 done; 77 the machine cannot show what the check is about; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
root=$1
mkdir --parents -- "$root"/{dev,etc,proc,sys,tmp,usr/bin,usr/sbin}
ln --symbolic -- usr/bin "$root/bin"
ln --symbolic -- usr/sbin "$root/sbin"
for program in sh cat id sleep stat true useradd; do
  # Not what is in /usr/local: that may be ours.
  path=$(PATH=/usr/bin:/usr/sbin:/bin:/sbin type -P "$program") || not-shown.sh "this machine has no $program"
  cp --parents --dereference -- "$path" "$root"
  libraries=$(ldd "$path" | grep --only-matching --extended-regexp '/[^ ]+')
  while IFS= read -r library; do
    cp --parents --dereference -- "$library" "$root"
  done <<<"$libraries"
done
printf 'root:x:0:0:root:/:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
