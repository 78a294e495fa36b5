#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A command of the checks.
#
# usage: apparmor.sh, by checks
# env:   what the check has
# exit:  0 done; 77 the machine cannot show what the check is about; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
restricted=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
if [[ -f $restricted && $(<"$restricted") == 1 ]]; then
  profile=/usr/local/share/static-containers/apparmor.d/$1
  case $2 in
    load) apparmor_parser --replace -- "$profile" ;;
    unload) apparmor_parser --remove -- "$profile" ;;
    *) exit 2 ;;
  esac
fi
