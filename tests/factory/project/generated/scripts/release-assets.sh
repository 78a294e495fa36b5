#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Makes the files of a release that go with its packages: the bill of materials of each, the licence texts of all that is in them
# with where its source is, and the installer, which is told what release it belongs to.
#
# usage: release-assets.sh DIST
# env:   TOOL VERSION LINE COMMIT RELEASE_TAG
#        REPOSITORY         owner/name
#        GITHUB_SERVER_URL  default: https://github.com
# exit:  0 done; 1 something that belongs to the release is missing; 2 usage
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
(($# == 1)) && [[ -d $1 ]] || fail 2 "usage: release-assets.sh DIST"
dist=$(cd -- "$1" && pwd)
tool=${TOOL:-} version=${VERSION:-} line=${LINE:-} commit=${COMMIT:-} tag=${RELEASE_TAG:-} repository=${REPOSITORY:-}
server=${GITHUB_SERVER_URL:-https://github.com}
[[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/../sbom/$tool.json ]] || fail 2 "TOOL must be the name of a tool"
[[ $version =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
[[ $line =~ ^[0-9A-Za-z][0-9A-Za-z._-]*$ ]] || fail 2 "LINE must be the name of a release line"
[[ $commit =~ ^[0-9a-f]{40}$ ]] || fail 2 "COMMIT must be a commit, 40 hexadecimal digits"
[[ $tag == "$tool-v$version" || $tag =~ ^"$tool-v$version"-[1-9][0-9]{0,2}$ ]] || fail 2 "RELEASE_TAG must be $tool-v$version, or with a revision"
[[ $repository =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 2 "REPOSITORY must be owner/name"
[[ $server =~ ^https?://[A-Za-z0-9.:-]+$ ]] || fail 2 "GITHUB_SERVER_URL must be an address"
parts=$here/../sbom/$tool.json plan=$here/../plan/$tool.json

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

cd -- "$dist"

# The bills of materials.
cells=$(jq --raw-output --arg line "$line" '.cells[] | select(.included and .line == $line) | [.variant, .arch, .artifact] | @tsv' "$plan")
[[ -n $cells ]] || fail 2 "$tool has nothing to release in the line $line"
while IFS=$'\t' read -r variant arch archive; do
  [[ -s $archive ]] || fail 1 "$archive is missing in $1"
  "$here/write-sbom.sh" "$tool" "$line" "$variant" "$arch" "$archive" >"$scratch/sbom"
  mv -- "$scratch/sbom" "${archive%.tar.zst}.cdx.json"
done <<<"$cells"

# The licences. What the builds of two arches collected has to agree where both have it.
mkdir -- "$scratch/licenses"
found=("$tool"-licenses-*.tar.zst)
if [[ -f ${found[0]} ]]; then
  for archive in "${found[@]}"; do
    mkdir -- "$scratch/one"
    zstd --quiet --decompress --stdout -- "$archive" | tar --extract --directory "$scratch/one" --no-same-owner
    while IFS= read -r file; do
      if [[ -f $scratch/licenses/$file ]]; then
        cmp -- "$scratch/licenses/$file" "$scratch/one/$file" >&2 || fail 1 "$file is not the same for all arches"
      else
        install -D --mode=0644 -- "$scratch/one/$file" "$scratch/licenses/$file"
      fi
    done < <(find "$scratch/one" -type f -printf '%P\n' | sort)
    rm --recursive -- "$scratch/one"
  done
elif [[ ! -f $tool-licenses.tar.zst ]]; then
  fail 1 "no build left licences in $1"
else
  # This ran before, and was interrupted by something behind it.
  zstd --quiet --decompress --stdout -- "$tool-licenses.tar.zst" \
    | tar --extract --directory "$scratch/licenses" --strip-components=1 --no-same-owner
fi
# Every component with a source has at least one text.
while IFS= read -r name; do
  [[ -n $(find "$scratch/licenses/$name" -type f -size +0 2>/dev/null | head --lines=1) ]] || fail 1 "the licence of $name is missing"
done < <(jq --raw-output --arg line "$line/" '
  .parts[] | select(any(.places[]; startswith($line))) | select(.source.commit != null or .source.sha256 != null or .of_run)
  | .id | ltrimstr("toolchain-")' "$parts" | sort --unique)
{
  printf 'What is in the packages of %s %s, under which licence, and where its source is.\n' "$tool" "$version"
  printf 'The texts are in the folders of the same names.\n\n'
  jq --raw-output --arg line "$line/" --arg version "$version" --arg commit "$commit" '
    .parts[] | select(any(.places[]; startswith($line)))
    | .component as $it
    | "\(.id | ltrimstr("toolchain-"))\(if .of_run then " " + $version elif $it.version then " " + $it.version else "" end)\n"
      + "  licence: \($it.licenses[0].expression)\n"
      + (if .of_run then "  source:  \(.source.url // $self)\n  commit:  \($commit)\n"
        elif .source.commit then "  source:  \(.source.url)\n  tag:     \(.source.tag)\n  commit:  \(.source.commit)\n"
        elif .source.sha256 then "  source:  \(.source.url)\n  sha256:  \(.source.sha256)\n"
        elif .source.url then "  source:  \(.source.url)\n"
        elif .id == "toolchain-libgcc" then "  source:  the distribution that built it\n"
        else "  source:  \($source)\n" end)' \
    --arg self "$server/$repository" --arg source "$server/$repository, tag $tag" "$parts"
} >"$scratch/licenses/SOURCES.txt"
tar --create --directory "$scratch" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=posix --mode='u=rwX,go=rX' \
  --pax-option='exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime' --transform="s|^licenses|$tool-v$version-licenses|" -- licenses \
  | zstd --quiet --force -19 --threads=4 -o "$scratch/licenses.tar.zst"
mv -- "$scratch/licenses.tar.zst" "$tool-licenses.tar.zst"
rm --force -- "$tool"-licenses-*.tar.zst

# The installer of this release.
sed --regexp-extended "s|^server='.*'\$|server='$server'|; s|^repository=''\$|repository='$repository'|; s|^version=''\$|version='${tag#"$tool-v"}'|" \
  "$here/install/$tool.sh" >"$scratch/install.sh"
for word in "server='$server'" "repository='$repository'" "version='${tag#"$tool-v"}'"; do
  grep --line-regexp --fixed-strings -e "$word" "$scratch/install.sh" >/dev/null || fail 1 "the installer could not be told: $word"
done
install --mode=0755 -- "$scratch/install.sh" install.sh
say "$tag: the bills of materials, the licences and the installer are made"
