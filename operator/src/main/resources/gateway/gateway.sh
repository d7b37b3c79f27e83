#!/usr/bin/env bash
# What runs beside Caddy in a pod of the gateway; see usage.
set -euo pipefail

readonly SOCKET=/run/gateway/admin.sock
readonly CONFIG=/etc/gateway/config/Caddyfile

usage() {
  cat <<'TEXT'
Usage: gateway.sh follow FOLDER…
  follow  hands Caddy its configuration and certificate again whenever the files in these folders
          change; Caddy takes them as a whole or keeps what it has, and closes no connection
TEXT
}

say() { printf 'gateway: %s\n' "$*" >&2; }

# Asks even if the configuration is the same: its certificate may be another.
load() {
  curl --silent --show-error --max-time 30 --fail-with-body --unix-socket "$SOCKET" \
    --header 'Content-Type: text/caddyfile' --header 'Cache-Control: must-revalidate' \
    --data-binary "@$CONFIG" http://localhost/load 2>&1
}

# What Caddy refuses it would refuse again; what it did not hear is told once more.
apply() {
  local said status
  while :; do
    status=0
    said=$(load) || status=$?
    case $status in
      0) say "took $(sed -n 's/.*respond \/healthz "\(.*\)"/\1/p' "$CONFIG")" && return ;;
      22) say "refused, the former configuration stays: $said" && return ;;
      *) say "Caddy does not answer yet: $said" ;;
    esac
    read -r -t 1 -u "$never" || true
  done
}

# Also applies what changed before the watch began.
follow() {
  local line
  inotifywait -m -e moved_to --format %f "$@" 2>&1 |
    while IFS= read -r line; do
      case $line in
        ..data | 'Watches established.') apply ;;
      esac
    done
}

exec {never}<> <(:) # a stream on which nothing ever comes
trap 'exit 0' TERM INT
case ${1:-} in
  follow)
    follow "${@:2}" &
    wait "$!"
    ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
