# shellcheck shell=bash
# Images: the node's own, packed from its static binaries, and those that are loaded from archives.

ctr_inside() { inside ctr --namespace k8s.io "$@"; }

runtime_ready() { ctr_inside version >/dev/null 2>&1; }

# binary_image BINARY: its name; the tag is the content, so that a new binary rolls out and an old one does not.
binary_image() { printf 'docker.io/generalbots/%s:%s\n' "$1" "$(sha256sum "$BIN/$1" | cut -c1-12)"; }

name_images() {
  PAUSE_IMAGE=$(binary_image pause)
  COREDNS_IMAGE=$(binary_image coredns)
  METRICS_IMAGE=$(binary_image metrics-server)
  export PAUSE_IMAGE COREDNS_IMAGE METRICS_IMAGE
}

# load_own_images: they take the place of a registry's, which the node cannot reach.
load_own_images() {
  local binary image folder
  for binary in pause coredns metrics-server; do
    image=$(binary_image "$binary")
    image_present "$image" && continue
    folder=$(mktemp -d "$STATE/image.XXXXXX")
    mkdir "$folder/root"
    cp "$BIN/$binary" "$folder/root/"
    pack_folder "$folder/root" "$image" "$folder/image.tar" "/$binary"
    import_archive "$folder/image.tar" >/dev/null
    rm -r "$folder"
  done
}

image_present() { [[ $(ctr_inside images list -q "name==$1") ]]; }

# pack_folder ROOT IMAGE ARCHIVE [ENTRYPOINT]: a docker archive of one layer; the same content gives the same archive.
pack_folder() {
  local folder layer
  folder=$(mktemp -d "${3%/*}/pack.XXXXXX")
  tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$folder/layer.tar" .
  layer=sha256:$(sha256sum "$folder/layer.tar" | cut -d' ' -f1)
  jq -nc --arg entry "${4:-}" --arg layer "$layer" --arg arch "$(run_go env GOARCH)" \
    '{architecture: $arch, os: "linux", config: {User: "10001:10001"}, rootfs: {type: "layers", diff_ids: [$layer]}}
     | if $entry != "" then .config.Entrypoint = [$entry] else . end' >"$folder/config.json"
  jq -nc --arg image "$2" '[{Config: "config.json", RepoTags: [$image], Layers: ["layer.tar"]}]' >"$folder/manifest.json"
  tar -C "$folder" --sort=name --owner=0 --group=0 --mtime=@0 -cf "$3" manifest.json config.json layer.tar
  rm -r "$folder"
}

# load_archives ARCHIVE…: docker or OCI archives; one that is in the node already is not read again.
load_archives() {
  local archive digest
  mkdir -p "$STATE/loaded"
  for archive in "$@"; do
    [[ -r $archive ]] || die "cannot read the image archive $archive"
    digest=$(archive_digest "$archive")
    if [[ -e $STATE/loaded/$digest ]] && all_present "$STATE/loaded/$digest"; then
      say "$(paste -sd' ' "$STATE/loaded/$digest") (there already)"
      continue
    fi
    import_archive "$archive" >"$STATE/loaded/.new"
    mv "$STATE/loaded/.new" "$STATE/loaded/$digest"
    paste -sd' ' "$STATE/loaded/$digest" >&2
  done
}

# archive_digest ARCHIVE: of its manifest, which names all other content by digest.
archive_digest() {
  local manifest
  manifest=$(tar -xOf "$1" --occurrence=1 manifest.json 2>/dev/null || tar -xOf "$1" --occurrence=1 index.json 2>/dev/null) ||
    die "$1 is neither a docker nor an OCI image archive"
  sha256sum <<<"$manifest" | cut -c1-32
}

all_present() {
  local image
  while read -r image; do image_present "$image" || return 1; done <"$1"
}

# import_archive ARCHIVE: prints the names of the images, one a line.
import_archive() {
  local out image
  out=$(ctr_inside images import --all-platforms=false - <"$1" 2>&1) || die "cannot import $1: $(tail -n1 <<<"$out")"
  sed -n 's/^unpacking \([^ ]*\) .*/\1/p' <<<"$out" | while read -r image; do qualify_image "$image"; done
}

# qualify_image NAME: prints the name under which the kubelet will look for the image, and makes it exist.
qualify_image() {
  local name=$1
  case ${name%%/*} in
    *.* | *:* | localhost) [[ $name == */* ]] || name=docker.io/library/$name ;;
    *) if [[ $name == */* ]]; then name=docker.io/$name; else name=docker.io/library/$name; fi ;;
  esac
  if [[ $name != "$1" ]]; then ctr_inside images tag --force "$1" "$name" >/dev/null; fi
  printf '%s\n' "$name"
}

list_images() {
  ctr_inside images list | awk 'NR == 1 || $1 !~ /^sha256:/ { printf "%-50s %s %s\n", $1, (NR == 1 ? "SIZE" : $4), (NR == 1 ? "" : $5) }'
}
