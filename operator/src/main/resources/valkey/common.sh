#!/usr/bin/env bash
# shellcheck disable=SC2034 # constants for the scripts that read this one
# What the scripts of the Valkey pods share: names, ports, and how to ask servers and sentinels.
# Read by the others, not run. It expects NAME, DOMAIN, SENTINELS and SENTINEL_DOMAIN in the
# environment: the names of the two workloads and the DNS suffixes of their pods.

readonly monitored=valkey # the name under which the sentinels watch the primary
readonly tls_port=6380 sentinel_port=26379 board_port=6381
readonly socket=/run/valkey/server.sock
readonly credentials=/credentials tls=/tls users=/run/valkey/users.acl
# Only what the operator writes is a mount; a test may point elsewhere.
acl=${ACL:-/acl}
settings=${SETTINGS:-/settings}

log() { printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$*" >&2; }

fail() {
  log "error: $*"
  exit 1
}

# The file's value without a line end; nothing if there is no such file.
value() { if [[ -r $1 ]]; then printf '%s' "$(<"$1")"; fi; }

members() {
  local count
  count=$(value "$settings/members")
  printf '%s\n' "${count:-1}"
}

host() { printf '%s-%s.%s\n' "$NAME" "$1" "$DOMAIN"; }

# valkey-cli as one of the internal users; the password goes by the environment, which ps hides.
as() {
  local user=$1
  shift
  REDISCLI_AUTH=$(value "$credentials/$user") timeout 3 valkey-cli --user "$user" --no-auth-warning -t 1 "$@" 2>/dev/null
}

here() { as operator -s "$socket" "$@"; }

there() {
  local at=$1
  shift
  as probe -h "$at" -p "$tls_port" --tls --cacert "$tls/ca.crt" "$@"
}

# One connection to a sentinel; commands from the arguments or, line by line, from standard input.
sentinel_session() {
  local at=$1
  shift
  REDISCLI_AUTH=$(value "$credentials/sentinel") timeout 3 valkey-cli --no-auth-warning -t 1 \
    -h "$at" -p "$sentinel_port" --tls --cacert "$tls/ca.crt" "$@" 2>/dev/null
}

sentinel() {
  local at=$1
  shift
  sentinel_session "$at" SENTINEL "$@"
}

sentinel_host() { printf '%s-%s.%s\n' "$SENTINELS" "$1" "$SENTINEL_DOMAIN"; }

# One field of an INFO answer on standard input.
field() { awk -F: -v name="$1" '$1 == name { sub(/\r$/, "", $2); print $2; exit }'; }

# The primary in the view of one sentinel.
opinion() { sentinel "$(sentinel_host "$1")" GET-MASTER-ADDR-BY-NAME "$monitored" | head -n 1; }

# The primary in the view of at least two of the three sentinels; nothing if there is none.
elected() {
  local i
  for i in 0 1 2; do opinion "$i" & done | sort | uniq -c | awk '$1 >= 2 && $2 ~ /\./ { print $2 }'
}

# Whether at least two sentinels hold the elected primary for down.
elected_is_down() {
  local i down
  down=$(for i in 0 1 2; do
    sentinel "$(sentinel_host "$i")" MASTER "$monitored" |
      awk 'previous == "flags" && /down/ { print } { previous = $0 }' &
  done | wc -l)
  ((down >= 2))
}
