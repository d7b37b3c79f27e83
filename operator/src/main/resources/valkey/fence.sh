#!/usr/bin/env bash
# Decides how a data pod may start, so that no returning server puts old data over newer.
# Read by server.sh, not run.
# shellcheck source-path=SCRIPTDIR disable=SC2154,SC2034 # the names of common.sh and server.sh
#
# A pod that has not started its server is "in the fence". It shows the position of its data on a
# board (a tiny server on a port of its own) and reads those of its peers. Then it may
#   follow   the elected primary, which is up: start as its replica
#   serve    it is the elected primary, no peer outlived it, and no peer has newer data
#   offer    the elected primary is gone and this pod has the newest data: start as a replica that
#            the sentinels may promote
# or it has to wait: a peer outlived it (the sentinels promote that one), a peer has newer data,
# or a peer that may have newer data has not been seen yet.
#
# A position is: time of the last sample in sync, replication id, previous id, offset.

readonly position_file=/data/position
readonly patience=20        # seconds to wait for peers not seen, with data at hand
readonly empty_patience=120 # the same without: to serve nothing is the last resort

position() {
  local found
  found=$(value "$position_file")
  printf '%s\n' "${found:-none}"
}

open_board() {
  mkdir -p /run/valkey/board
  # By a file, so that no password stands on a command line.
  cat >/run/valkey/board.conf <<CONF
port 0
tls-port $board_port
tls-cert-file $tls/tls.crt
tls-key-file $tls/tls.key
tls-ca-cert-file $tls/ca.crt
tls-auth-clients no
dir /run/valkey/board
save ""
maxmemory 1mb
unixsocket /run/valkey/board.sock
unixsocketperm 700
logfile /dev/null
user default off
user probe on #$(value "$credentials/probe" | sha256sum | cut -d ' ' -f 1) ~* +get
user operator on #$(value "$credentials/operator" | sha256sum | cut -d ' ' -f 1) ~* +set
CONF
  valkey-server /run/valkey/board.conf &
  board_pid=$!
  until as operator -s /run/valkey/board.sock SET position "$(position)" | grep -q OK; do
    kill -0 "$board_pid" || fail "the board does not start"
  done
}

close_board() {
  [[ -n ${board_pid:-} ]] || return 0
  kill -TERM "$board_pid" || true
  wait "$board_pid" || true
  board_pid=''
}

# How a peer is: primary, synced, unsynced, loading, "fenced POSITION" or absent.
peer_state() {
  local info board
  # No more than these sections: others count past errors, of which LOADING may be one.
  info=$(there "$1" INFO replication persistence) || info=''
  if [[ $(field loading <<<"$info") == 1 ]]; then
    echo loading
  elif [[ $info == *role:master* ]]; then
    echo primary
  elif [[ $info == *role:slave* ]]; then
    if [[ $(field slave_priority <<<"$info") == 0 ]]; then echo unsynced; else echo synced; fi
  else
    board=$(as probe -h "$1" -p "$board_port" --tls --cacert "$tls/ca.crt" GET position) || board=
    if [[ -n $board && $board != *ERR* ]]; then echo "fenced $board"; else echo absent; fi
  fi
}

# Whether data at the first position is newer than at the second, whose owner is the elected
# primary if the third argument says so: of one history, the primary has at least what others have.
newer() {
  local -a a b
  read -ra a <<<"$1"
  read -ra b <<<"$2"
  if [[ ${a[0]} == none ]]; then return 1; fi
  if [[ ${b[0]} == none ]]; then return 0; fi
  if [[ ${a[1]} == "${b[1]}" ]]; then
    [[ $3 != primary ]] && ((a[3] > b[3]))
  elif [[ ${a[2]} == "${b[1]}" ]]; then
    return 0 # a was promoted where b's history ends
  elif [[ ${b[2]} == "${a[1]}" ]]; then
    return 1
  else
    ((a[0] > b[0]))
  fi
}

# Looks at all peers and sets `best` (a host) and `missing`; fails if one of them is running.
weigh() {
  local count i at state best_position=none standing
  local -A positions=()
  count=$(members)
  missing=0
  positions[$self]=$(position)
  for ((i = 0; i < count; i++)); do
    at=$(host "$i")
    if [[ $at == "$self" ]]; then continue; fi
    state=$(peer_state "$at")
    case $state in
      fenced*) positions[$at]=${state#fenced } ;;
      absent) missing=$((missing + 1)) ;;
      *)
        waiting="$at is running ($state)"
        fenced_since=$SECONDS # patience begins anew when it goes
        return 1
        ;;
    esac
  done
  best='' standing=''
  for at in "$leader" $(for ((i = 0; i < count; i++)); do host "$i"; done) "$self"; do
    [[ -n ${positions[$at]:-} ]] || continue
    if [[ -z $best ]] || newer "${positions[$at]}" "$best_position" "$standing"; then
      best=$at best_position=${positions[$at]}
      standing=$([[ $at == "$leader" ]] && echo primary || echo peer)
    fi
  done
}

# Whether to act although peers are missing.
patient() {
  local limit=$patience
  ((missing == 0)) && return 1
  if [[ $(position) == none ]]; then limit=$empty_patience; fi
  waiting="$missing peers not seen yet"
  ((SECONDS - fenced_since < limit))
}

# Sets `verdict` to follow, serve or offer, or fails while the pod has to wait.
judge() {
  leader=$(elected)
  if [[ -z $leader ]]; then
    waiting="the sentinels name no primary"
    return 1
  fi
  if [[ $leader != "$self" ]] && [[ $(peer_state "$leader") == primary ]]; then
    verdict=follow
    return 0
  fi
  weigh || return 1
  if [[ $best != "$self" ]]; then
    waiting="$best has newer data"
    return 1
  fi
  if patient; then return 1; fi
  if [[ $leader == "$self" ]]; then
    verdict=serve
  elif elected_is_down; then
    verdict=offer
  else
    # It takes writes that this pod does not get: what is here must not be promoted later.
    waiting="the sentinels reach $leader, this pod does not"
    return 1
  fi
}

# Waits in the fence until a verdict; sets `verdict` and `leader`.
pass_fence() {
  local told=''
  if (($(members) < 2)); then
    verdict=serve leader=$self
    return 0
  fi
  fenced_since=$SECONDS waiting=''
  open_board
  until judge; do
    if [[ $waiting != "$told" ]]; then log "in the fence: $waiting" && told=$waiting; fi
    # A peer's state is no event that could be awaited; half a second is the resolution here.
    pause 0.5 || break
  done
  close_board
  if [[ -n ${stopping:-} ]]; then return 1; fi
  log "out of the fence: $verdict${leader:+, elected is $leader}"
}
