#!/usr/bin/env bash
# Made by ghagen from spec/tools/skopeo.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of skopeo: an image from a folder to an OCI layout and back
#
# usage: 3.sh, by smoke/skopeo.sh
# env:   what smoke/skopeo.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
work=$SCRATCH
mkdir "$work/in"
tar --create --file "$work/layer.tar" --files-from /dev/null
gzip --no-name --keep "$work/layer.tar"
digest() { sha256sum -- "$1" | cut --delimiter=' ' --fields=1; }
printf '{"architecture":"%s","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
  "$ARCH" "$(digest "$work/layer.tar")" >"$work/config.json"
layer=$(digest "$work/layer.tar.gz")
config=$(digest "$work/config.json")
cp -- "$work/layer.tar.gz" "$work/in/$layer"
cp -- "$work/config.json" "$work/in/$config"
media=application/vnd.oci.image
{
  printf '{"schemaVersion":2,"mediaType":"%s.manifest.v1+json",' "$media"
  printf '"config":{"mediaType":"%s.config.v1+json","digest":"sha256:%s","size":%s},' \
    "$media" "$config" "$(stat --format=%s "$work/config.json")"
  printf '"layers":[{"mediaType":"%s.layer.v1.tar+gzip","digest":"sha256:%s","size":%s}]}' \
    "$media" "$layer" "$(stat --format=%s "$work/layer.tar.gz")"
} >"$work/in/manifest.json"
printf 'Directory Transport Version: 1.1\n' >"$work/in/version"
if [[ $VARIANT == standalone ]]; then
  trust=(--insecure-policy)
else
  trust=(--policy "$PACKAGE/etc/containers/policy.json")
fi
skopeo "${trust[@]}" copy "dir:$work/in" "oci:$work/oci:smoke"
skopeo inspect "oci:$work/oci:smoke" >/dev/null
skopeo "${trust[@]}" copy "oci:$work/oci:smoke" "dir:$work/out"
cmp "$work/in/manifest.json" "$work/out/manifest.json"
