#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Fetches a source archive, compares it with its checksum and unpacks it without its top folder.
#
# usage: fetch-archive.sh URL SHA256 DEST
# exit:  0 done; 2 usage; 21 the archive could not be fetched, or is not what was asked for
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

(($# == 3)) || fail 2 "usage: fetch-archive.sh URL SHA256 DEST"
url=$1 sha256=$2 dest=$3
[[ $url =~ ^https://[A-Za-z0-9._~%:/@+-]+$ ]] || fail 2 "a source must be an https URL: $url"
[[ $sha256 =~ ^[0-9a-f]{64}$ ]] || fail 2 "this is no SHA-256 checksum: $sha256"
[[ $dest == /* ]] || fail 2 "DEST must be an absolute path: $dest"

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

archive=$scratch/${url##*/}
curl --fail --silent --show-error --location --proto '=https' --proto-redir '=https' --retry 3 --retry-all-errors \
  --output "$archive" -- "$url" || fail 21 "$url could not be fetched"
found=$(sha256sum -- "$archive")
found=${found%% *}
[[ $found == "$sha256" ]] || fail 21 "$url has the checksum $found, and not $sha256"
rm --recursive --force -- "$dest"
mkdir --parents -- "$dest"
tar --extract --file "$archive" --directory "$dest" --strip-components=1 --no-same-owner \
  || fail 21 "$url could not be unpacked"
