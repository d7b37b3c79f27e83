#!/usr/bin/env bash
# What runs in a pod of the pooler; see usage.
set -euo pipefail

readonly MOUNTS=/etc/pooler
readonly RUN=/run/pooler
readonly USERS=$RUN/users
readonly PAUSE_LIMIT=30
readonly BRIDGE_LIMIT=25
readonly DRAIN_LIMIT=20

usage() {
  cat <<'TEXT'
usage: pooler.sh start|guard|drain|answers|serves
  start    runs PgBouncer; while no primary answers, clients wait instead of failing
  guard    applies changed files, and ends a pause that nobody ends
  drain    lets clients leave before PgBouncer stops
  answers  succeeds if the console answers: the process is alive
  serves   succeeds if clients are let in, whether or not there is a primary
TEXT
}

say() { printf 'pooler: %s\n' "$*" >&2; }

# One command on the admin console, through the socket that only this pod's user can open.
console() {
  psql -X -q -A -t -h "$RUN" -p "$POOLER_PORT" -U pgbouncer -d pgbouncer -c "$1"
}

# The users that PgBouncer must know itself: who looks up the others, and who may give orders.
write_users() {
  local secret file
  file=$(mktemp "$RUN/users.XXXXXX")
  for secret in lookup admin; do
    printf '"%s" "%s"\n' "$(<"$MOUNTS/$secret/username")" "$(<"$MOUNTS/$secret/password")"
  done >"$file"
  mv "$file" "$USERS"
}

# Succeeds if the way that PgBouncer goes ends at a server that takes writes.
primary_answers() {
  PGPASSWORD=$(<"$MOUNTS/lookup/password") PGCONNECT_TIMEOUT=2 psql -X -q -A -t -o /dev/null -c 'SELECT 1' \
    "host=$POOLER_SERVER user=pgbouncer dbname=postgres target_session_attrs=read-write
     sslmode=verify-full sslrootcert=$MOUNTS/tls/ca.crt" 2>/dev/null
}

# Holds the clients back until a primary answers: PgBouncer alone would refuse each query at once
# as soon as one connection to the server failed.
bridge() {
  local pooler=$1 deadline=$((SECONDS + BRIDGE_LIMIT))
  console 'SHOW STATE' | grep -q '^paused|yes' && return 0
  kill -USR1 "$pooler"
  until primary_answers || ((SECONDS >= deadline)); do sleep 0.2; done
  kill -USR2 "$pooler"
}

# A tenant can end its own connections as often as it likes: for its word alone nobody is held back.
verify() { primary_answers || bridge "$1"; }

# Passes the log on, and starts the bridge when it tells of a server that is not there.
follow() {
  local pooler=$1 line
  while IFS= read -r line; do
    local react=bridge
    [[ $line == */t[ab]_*@* ]] && react=verify
    # Clients that leave on their own are no news, and every probe is one.
    [[ $line == *'closing because: client close request'* || $line == *' pgbouncer/pgbouncer@127.0.0.1:'* ]] && continue
    printf '%s\n' "$line" >&2
    case $line in
      *'closing because: connect failed'* | *'closing because: connect timeout'* | \
        *'server conn crashed?'* | *'FATAL the database system is '*)
        (flock -n 9 && "$react" "$pooler") 9>"$RUN/bridge" &
        ;;
    esac
  done
}

start() {
  local pooler status=0
  write_users
  mkfifo "$RUN/log.$$"
  pgbouncer "$MOUNTS/config/pgbouncer.ini" 2>"$RUN/log.$$" &
  pooler=$!
  # Its own word for: let transactions end.
  trap 'kill -INT "$pooler"' TERM INT
  follow "$pooler" <"$RUN/log.$$" &
  wait "$pooler" || status=$?
  while kill -0 "$pooler" 2>/dev/null; do
    wait "$pooler" || status=$?
  done
  exit "$status"
}

apply_files() {
  local changed
  inotifywait -q -m -e moved_to --format %f "$MOUNTS"/{config,tls,lookup,admin} |
    while IFS= read -r changed; do
      [[ $changed == ..data ]] || continue
      write_users
      console RELOAD
      say "files changed: reloaded"
    done
}

# Whoever paused the pooler may have died since: no client waits for ever.
end_pauses() {
  local line paused=0
  while :; do
    while IFS= read -r line; do
      case $line in
        'paused|no') paused=0 ;;
        'paused|yes') paused=$((paused + 1)) ;;
      esac
      if ((paused > PAUSE_LIMIT)); then
        say "paused for more than $PAUSE_LIMIT s: resuming"
        console RESUME
        paused=0
      fi
    done < <(psql -X -q -A -t -h "$RUN" -p "$POOLER_PORT" -U pgbouncer -d pgbouncer <<<'SHOW STATE \watch 1' 2>&1)
    sleep 1
  done
}

guard() {
  trap 'exit 0' TERM
  until [[ -S $RUN/.s.PGSQL.$POOLER_PORT ]]; do sleep 0.2; done
  apply_files &
  end_pauses &
  wait -n
}

# First the service forgets this pod, then clients without a transaction are sent away. The signal
# that follows has the last transactions end.
drain() {
  local deadline=$((SECONDS + DRAIN_LIMIT))
  sleep 3
  console 'SET client_idle_timeout = 1'
  while ((SECONDS < deadline)) && console 'SHOW CLIENTS' | grep -qv '^C|[^|]*|pgbouncer|'; do
    sleep 0.5
  done
}

case ${1:-} in
  start | guard | drain) "$1" ;;
  answers) console 'SHOW STATE' >/dev/null ;;
  # As a user that PgBouncer knows itself: for any other it would ask PostgreSQL.
  serves) PGSSLMODE=require pg_isready -q -t 3 -h 127.0.0.1 -p "$POOLER_PORT" -U pgbouncer -d pgbouncer ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
