#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Collects the licence texts of one component out of its source: static programs carry the code, so a release carries the texts.
#
# usage: collect-licenses.sh NAME SOURCE [FILE...]   files below SOURCE; without any, those at its top that are named so
#        collect-licenses.sh --modules NAME FOLDER [MODULE]   those anywhere in a folder of modules, or of one
# env:   LICENSES, the folder of the unit that has them
# out:   LICENSES/NAME/
# exit:  0 done; 2 usage; 22 there is none
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

modules=false
if [[ ${1:-} == --modules ]]; then
  modules=true
  shift
fi
(($# >= 2)) && [[ $1 =~ ^[a-z0-9][a-z0-9._-]*$ && $2 == /* ]] || fail 2 "usage: collect-licenses.sh [--modules] NAME SOURCE [FILE...]"
name=$1 source=$2 dest=${LICENSES:?}/$1
usual=(-iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'copyright*' -o -iname 'notice*' -o -iname 'unlicen[cs]e*' -o -iname 'patents*'
  -o -iname 'gpl*.txt' -o -iname 'lgpl*.txt')
# Programs that are named so are none.
texts=(\( -type f -o -type l \) ! -name '*.go' ! -name '*.rs' ! -name '*.c' ! -name '*.h' ! -name '*.py' ! -name '*.sh' \( "${usual[@]}" \))

cd -- "$source"
if [[ $modules == true ]]; then
  dest+=/modules${3:+/$3}
  mapfile -t files < <(find . -mindepth 1 "${texts[@]}" -printf '%P\n' | sort)
elif (($# > 2)); then
  files=("${@:3}")
else
  mapfile -t files < <(
    {
      find . -mindepth 1 -maxdepth 1 "${texts[@]}" -printf '%P\n'
      # Where https://reuse.software puts them.
      if [[ -d LICENSES ]]; then find LICENSES -type f; fi
    } | sort
  )
  ((${#files[@]} > 0)) || fail 22 "$name: no text of a licence at the top of its source; \`license_files\` of the component says where it is"
fi
for file in "${files[@]}"; do
  [[ -s $file ]] || fail 22 "$name: $file is to hold its licence, and is not there, or empty"
  # What a link leads to: the text itself is what has to be there.
  install -D --mode=0644 -- "$file" "$dest/$file"
done
