#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A command of the checks.
#
# usage: as-user.sh, by checks
# env:   what the check has
# exit:  0 done; 77 the machine cannot show what the check is about; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
user=${ORDINARY_USER:-}
[[ -n $user ]] || not-shown.sh 'there is no user but root; GHAGEN_SMOKE_USER can name one'
id=$(id --user -- "$user")
group=$(id --group -- "$user")
for program in newuidmap newgidmap; do
  command -v "$program" >/dev/null || not-shown.sh "this machine has no $program"
done
for file in /etc/subuid /etc/subgid; do
  grep --quiet --extended-regexp "^($user|$id):" "$file" || not-shown.sh "$user has no range in $file"
done
install --directory --owner="$id" --group="$group" --mode=0700 -- "$SCRATCH/home" "$SCRATCH/runtime"
cd -- "$SCRATCH/home"
exec setpriv --reuid="$id" --regid="$group" --init-groups -- env --ignore-environment \
  USER="$user" LOGNAME="$user" HOME="$SCRATCH/home" XDG_RUNTIME_DIR="$SCRATCH/runtime" \
  PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin "$@"
