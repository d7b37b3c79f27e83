#!/usr/bin/env bash
# What runs in a pod of the pooler; see usage.
set -euo pipefail

# Elsewhere only in tests.
readonly MOUNTS=${POOLER_MOUNTS:-/etc/pooler}
readonly RUN=${POOLER_RUN:-/run/pooler}
readonly SETTINGS=$MOUNTS/config/pgbouncer.ini
readonly USERS=$RUN/users
readonly ROUTES=$RUN/routes.ini
# A line for each database that is about to move: its name, and the host that it will be at.
readonly STAGED=$RUN/staged
# A file for each of them that this pod has switched already; in it is the host.
readonly SWITCHED=$RUN/switched
# A file for each database that has had an entry.
readonly KNOWN=$RUN/known
# A file for each database that is held back while its own server is away.
readonly BRIDGED=$RUN/bridged
# What the log says before it tells of a connection to the server: S-0x1: database/user@host.
readonly CONNECTION=' S-[^ ]+: (t_[a-z0-9-]{1,40})/'
readonly LABEL='[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
readonly HOST="$LABEL(\\.$LABEL){0,5}"
readonly ROUTE="^(t_[a-z0-9-]{1,40}) ($HOST)( ($HOST))?\$"
readonly NAME='^[A-Za-z0-9_.-]+$'
readonly CONSOLE_LIMIT=10
readonly PAUSE_LIMIT=30
readonly DATABASE_PAUSE_LIMIT=10
readonly BRIDGE_LIMIT=25
readonly DRAIN_LIMIT=20

usage() {
  cat <<'TEXT'
usage: pooler.sh start|guard|drain|answers|serves
  start    runs PgBouncer; while no primary answers, clients wait instead of failing
  guard    applies changed files, switches databases to other servers, and ends a pause that nobody ends
  drain    lets clients leave before PgBouncer stops
  answers  succeeds if the console answers: the process is alive
  serves   succeeds if clients are let in, whether or not there is a primary
TEXT
}

say() { printf 'pooler: %s\n' "$*" >&2; }

# One command on the admin console, through the socket that only this pod's user can open. PAUSE
# never answers if it is undone before the last transaction has ended.
console() {
  timeout "$CONSOLE_LIMIT" psql -X -q -A -t -h "$RUN" -p "$POOLER_PORT" -U pgbouncer -d pgbouncer -c "$1"
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

# Routes that can be read, as database,host,next; says and skips what is none. PgBouncer drops the
# clients of a database that loses its entry: what ever had one keeps it, and leads home.
read_routes() {
  local line known
  local -A seen=()
  while IFS= read -r line || [[ $line ]]; do
    if [[ ! $line =~ $ROUTE || ${seen[${BASH_REMATCH[1]}]:-} ]]; then
      say "no route: ${line@Q}"
      continue
    fi
    seen[${BASH_REMATCH[1]}]=yes
    printf '%s,%s,%s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[7]}"
  done
  for known in "$KNOWN"/*; do
    [[ ! -e $known || ${seen[${known##*/}]:-} ]] || printf '%s,%s,\n' "${known##*/}" "$POOLER_SERVER"
  done
}

# Where this pod has switched a database to; nothing if it has not.
switched_to() { [[ ! -e $SWITCHED/$1 ]] || printf '%s' "$(<"$SWITCHED/$1")"; }

# Entries for PgBouncer, and what is staged. The second entry of a database that is about to move
# lets nobody in: it is there to be paused, which is the order to switch.
write_entries() {
  local database host next way
  # Quotes around a name are refused here, and needed on the console. Port and query on connect are those of every other database.
  way=$(sed -n 's/^\* = host=[^ ]* //p' "$SETTINGS")
  while IFS=, read -r database host next; do
    : >"$KNOWN/$database"
    if [[ $next ]]; then
      printf '%s %s\n' "$database" "$next" >&3
      [[ $(switched_to "$database") != "$next" ]] || host=$next
      printf '%s.next = host=%s %s dbname=template0\n' "$database" "$next" "$way"
    fi
    printf '%s = host=%s %s\n' "$database" "$host" "$way"
  done
}

# What was switched is forgotten once the routes say so themselves, or say something else.
forget_switched() {
  local note
  for note in "$SWITCHED"/*; do
    [[ ! -e $note ]] || grep -qxF "${note##*/} $(<"$note")" "$STAGED" || rm "$note"
  done
}

# The databases that have a way of their own. One writes at a time: files change, and orders come.
write_routes() (
  exec 9>"$RUN/routes.lock"
  flock 9
  mkdir -p "$SWITCHED" "$KNOWN"
  local given=/dev/null
  [[ ! -e $MOUNTS/config/routes ]] || given=$MOUNTS/config/routes
  read_routes <"$given" | write_entries >"$ROUTES.new" 3>"$STAGED.new"
  mv "$STAGED.new" "$STAGED"
  forget_switched
  mv "$ROUTES.new" "$ROUTES"
)

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

# Where a database leads that is not at home; nothing if it is, or has no entry.
elsewhere() {
  local host
  host=$(sed -n "s/^$1 = host=\([^ ]*\) .*/\1/p" "$ROUTES")
  [[ $host == "$POOLER_SERVER" ]] || printf '%s' "$host"
}

# Holds back the clients of one database whose own server is away: what the others do goes on. It
# lets nobody in as the lookup user of this cluster; that it answers is enough, as the service leads
# to a primary only, and the query on connect ends a session elsewhere.
bridge_database() {
  local database=$1 host=$2 deadline=$((SECONDS + BRIDGE_LIMIT))
  pg_isready -q -t 2 -h "$host" && return 0
  # Paused by somebody else, who ends it.
  console 'SHOW DATABASES' | grep -q "^$database|.*|1|[01]\$" && return 0
  : >"$BRIDGED/$database"
  # Ends when the last transaction has.
  console "PAUSE \"$database\"" >/dev/null &
  until pg_isready -q -t 2 -h "$host" || ((SECONDS >= deadline)); do sleep 0.2; done
  console "RESUME \"$database\"" || say "$database was resumed already"
  rm -f "$BRIDGED/$database"
}

# Whom to hold back for a line of the log.
react() {
  local pooler=$1 line=$2 host=''
  [[ $line =~ $CONNECTION ]] && host=$(elsewhere "${BASH_REMATCH[1]}")
  if [[ $host ]]; then
    (flock -n 8 && bridge_database "${BASH_REMATCH[1]}" "$host") 8>"$RUN/bridge.${BASH_REMATCH[1]}"
  elif [[ $line == */t[ab]_*@* ]]; then
    (flock -n 9 && verify "$pooler") 9>"$RUN/bridge"
  else
    (flock -n 9 && bridge "$pooler") 9>"$RUN/bridge"
  fi
}

# Passes the log on, and starts the bridge when it tells of a server that is not there.
follow() {
  local pooler=$1 line
  while IFS= read -r line; do
    # Clients that leave on their own are no news, and every probe is one.
    [[ $line == *'closing because: client close request'* || $line == *' pgbouncer/pgbouncer@127.0.0.1:'* ]] && continue
    printf '%s\n' "$line" >&2
    case $line in
      *'closing because: connect failed'* | *'closing because: connect timeout'* | \
        *'server conn crashed?'* | *'FATAL the database system is '*)
        react "$pooler" "$line" &
        ;;
    esac
  done
}

start() {
  local pooler status=0
  write_users
  write_routes
  rm -rf "$BRIDGED"
  mkdir "$BRIDGED"
  mkfifo "$RUN/log.$$"
  pgbouncer "$SETTINGS" 2>"$RUN/log.$$" &
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

# Once more when the watch is there, for what changed before.
apply_files() {
  local changed
  inotifywait -m -e moved_to --format %f "$MOUNTS"/{config,tls,lookup,admin} 2>&1 |
    while IFS= read -r changed; do
      [[ $changed == ..data || $changed == 'Watches established.' ]] || continue
      write_users
      write_routes
      console RELOAD
      say "files changed: reloaded"
    done
}

# Reads what PgBouncer answered into hosts, paused and whole, which belong to the caller. Anyone
# can have a database of any name listed: rows end with a zero byte, which no name contains, and a
# name with a bar in it makes a row too long.
read_state() {
  local columns=0 index at=0
  local -a row
  hosts=() paused=() whole=''
  while IFS='|' read -r -t 5 -d '' -a row; do
    if ((${#row[@]} == 2)); then
      if [[ ${row[0]} == paused ]]; then whole=${row[1]}; fi
      if [[ ${row[0]} == suspended ]]; then return 0; fi
    elif ((columns == 0)); then
      columns=${#row[@]}
      for index in "${!row[@]}"; do
        if [[ ${row[index]} == paused ]]; then at=$index; fi
      done
    elif ((${#row[@]} == columns)) && [[ ${row[0]} =~ $NAME ]]; then
      hosts[${row[0]}]=${row[1]}
      if [[ ${row[at]} == 1 ]]; then paused[${row[0]}]=yes; fi
    fi
  done
  return 1
}

# Whoever paused something may have died since: no client waits for ever.
end_pauses() {
  local name limit
  for name in "${!since[@]}"; do
    [[ ${paused[$name]:-} ]] || unset "since[$name]"
  done
  for name in "${!paused[@]}"; do
    since[$name]=${since[$name]:-$SECONDS}
    limit=$DATABASE_PAUSE_LIMIT
    [[ ! -e $BRIDGED/$name ]] || limit=$PAUSE_LIMIT
    ((SECONDS - ${since[$name]} > limit)) || continue
    say "$name is paused for more than $limit s: resuming"
    console "RESUME \"$name\"" || say "$name was resumed already"
  done
  if [[ $whole != yes ]]; then whole_since=$SECONDS; fi
  if ((SECONDS - whole_since > PAUSE_LIMIT)); then
    say "paused for more than $PAUSE_LIMIT s: resuming"
    console RESUME || say 'resumed already'
  fi
}

# The order to switch a database: it is paused, and so is its second entry. A note that PgBouncer
# does not act by, as when it could not reload, is taken back before any other reload applies it.
follow_orders() {
  local database next
  while read -r database next; do
    if [[ ${hosts[$database]:-$next} == "$next" ]]; then
      continue
    elif [[ ${paused[$database]:-} && ${paused[$database.next]:-} ]]; then
      printf '%s\n' "$next" >"$RUN/note.new"
      mv "$RUN/note.new" "$SWITCHED/$database"
      write_routes
      console RELOAD
      say "$database leads to $next"
    elif [[ -e $SWITCHED/$database && $(switched_to "$database") == "$next" ]]; then
      rm "$SWITCHED/$database"
      write_routes
    fi
  done <"$STAGED"
}

# Asks PgBouncer over one session: each second, and more often while a database is about to move.
watch_state() {
  local in out session
  coproc CONSOLE { psql -X -q -A -0 -P footer=off -h "$RUN" -p "$POOLER_PORT" -U pgbouncer -d pgbouncer 2>/dev/null; }
  in=${CONSOLE[1]} out=${CONSOLE[0]} session=$CONSOLE_PID
  while printf 'SHOW DATABASES;\nSHOW STATE;\n' >&"$in" && read_state <&"$out"; do
    end_pauses
    follow_orders
    if [[ -s $STAGED ]]; then sleep 0.2; else sleep 1; fi
  done
  exec {in}>&- {out}<&-
  kill "$session" 2>/dev/null || true
  wait "$session" || true
}

keep_watch() {
  local -A hosts paused since=()
  local whole whole_since=$SECONDS
  # A session that is gone is an answer as well.
  trap '' PIPE
  while :; do
    watch_state
    sleep 1
  done
}

guard() {
  trap 'exit 0' TERM
  # A socket alone may be that of a PgBouncer that is gone.
  until console 'SHOW STATE' >/dev/null 2>&1; do sleep 0.2; done
  apply_files &
  keep_watch &
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
