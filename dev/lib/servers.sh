# shellcheck shell=bash
# The node's servers as processes: started inside its namespaces, remembered by more than a process id.

# A record is one line: process id, start time in ticks, boot id, signature of what was started.
server_record() { printf '%s/run/%s.server\n' "$STATE" "$1"; }

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# process_birth PID: its start time, which tells it from a later process of the same id; false if it is dead or a zombie.
process_birth() {
  local line fields
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${line##*) }"
  [[ ${fields[0]} != Z && ${fields[0]} != X ]] || return 1
  printf '%s\n' "${fields[19]}"
}

# server_pid NAME: the process id, if that very process lives.
server_pid() {
  local pid birth boot record
  record=$(server_record "$1")
  [[ -e $record ]] || return 1
  read -r pid birth boot _ <"$record"
  [[ $boot == "$(boot_id)" && $(process_birth "$pid") == "$birth" ]] || return 1
  printf '%s\n' "$pid"
}

server_alive() { server_pid "$1" >/dev/null; }

server_signature() { cut -d' ' -f4 "$(server_record "$1")"; }

# ensure_server NAME FILE… -- COMMAND…: starts it unless it runs with this very command, binary and files.
ensure_server() {
  local name=$1 files=() signature
  shift
  while [[ $1 != -- ]]; do files+=("$1"); shift; done
  shift
  signature=$({
    printf '%s\0' "$@"
    # Not its time: go touches even what it does not build again.
    stat -Lc '%i %s' "$(command -v "$1")"
    if ((${#files[@]})); then cat "${files[@]}"; fi
  } | sha256sum | cut -c1-16)
  if server_alive "$name"; then
    [[ $(server_signature "$name") != "$signature" ]] || return 0
    stop_server "$name"
  fi
  start_server "$name" "$signature" "$@"
}

# start_server NAME SIGNATURE COMMAND…: detached, in the node's cgroup; ENTER says into which namespaces.
start_server() {
  local name=$1 signature=$2 log=$STATE/log/$1.log pid
  shift 2
  end_strays "$1"
  rotate_log "$log"
  (
    close_inherited
    join_cgroup system
    exec setsid "${ENTER[@]}" "$@"
  ) </dev/null >>"$log" 2>&1 &
  pid=$!
  printf '%s %s %s %s\n' "$pid" "$(process_birth "$pid" || echo 0)" "$(boot_id)" "$signature" >"$(server_record "$name")"
  disown "$pid"
}

# end_strays BINARY: a server whose record was never written, because the command that started it was killed just then.
end_strays() {
  local pid word hierarchy
  read -r hierarchy < <(cgroup_hierarchies)
  while read -r pid; do
    read -rd '' word 2>/dev/null <"/proc/$pid/cmdline" || continue
    if [[ $word == "$1" ]]; then kill -KILL "$pid" 2>/dev/null || true; fi
  done <"$hierarchy/$CGROUP/system/cgroup.procs"
}

# close_inherited: a server must not hold the locks and pipes of the command that started it.
close_inherited() {
  local descriptor
  for descriptor in /proc/self/fd/*; do
    descriptor=${descriptor##*/}
    if ((descriptor > 2 && descriptor != 255)); then eval "exec $descriptor>&-"; fi
  done
}

rotate_log() {
  if [[ -e $1 ]] && (($(stat -c %s "$1") > 50000000)); then mv "$1" "$1.1"; fi
}

# stop_server NAME [SIGNAL]: politely, then by force; some would drain their clients for a minute.
stop_server() {
  local pid
  pid=$(server_pid "$1") || return 0
  kill -"${2:-TERM}" "$pid" 2>/dev/null || true
  await 5 "stopping $1" server_gone "$1" || kill -KILL "$pid" 2>/dev/null || true
  await 10 "stopping $1" server_gone "$1" || die "$1 (process $pid) does not end"
}

server_gone() { ! server_alive "$1"; }

# await_server NAME SECONDS WHAT COMMAND…: like await, but tells at once when the server has died.
await_server() {
  local name=$1 seconds=$2 what=$3
  shift 3
  await "$seconds" "$what" succeeds_or_dead "$name" "$@" ||
    die "$name: $what not after $seconds s: $(server_complaint "$name") (see: dev/node logs --name $NODE $name)"
  server_alive "$name" || die "$name ended: $(server_complaint "$name") (see: dev/node logs --name $NODE $name)"
}

succeeds_or_dead() {
  local name=$1
  shift
  "$@" >/dev/null 2>&1 || ! server_alive "$name"
}

# server_complaint NAME: the last line that looks like a reason, else the last line.
server_complaint() {
  local log=$STATE/log/$1.log
  tail -n 60 "$log" 2>/dev/null | grep -E '^(Error|E[0-9]{4}|F[0-9]{4}|panic|fatal)|"level":"(error|fatal)"|level=(error|fatal)' | tail -n1 | cut -c1-300 | grep . ||
    tail -n1 "$log" 2>/dev/null | cut -c1-300
}
