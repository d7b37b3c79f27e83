#!/usr/bin/env bash
# Gives the primary's role away before the primary stops. Read by server.sh, not run.
# shellcheck source-path=SCRIPTDIR disable=SC2154,SC2034 # the names of common.sh and server.sh

readonly handover_seconds=20 service_seconds=6
readonly pause_millis=30000

online_replicas() { here INFO replication | grep -c '^slave[0-9]*:.*state=online' || true; }

# Holds writes and waits until the replicas have all of them; fails if no replica has.
#
# The message is a write of this connection that comes after all others, so that WAIT can wait for
# it. Without pings the offsets stay where they are: a replica that got one more of them than the
# new primary would need a full copy.
hold_writes() {
  local online acknowledged
  online=$(online_replicas)
  if ((online == 0)); then return 1; fi
  acknowledged=$(
    here <<COMMANDS | tail -n 1
CONFIG SET repl-ping-replica-period 3600
MULTI
CLIENT PAUSE $pause_millis WRITE
PUBLISH generalbots:hand-over $POD_NAME
EXEC
WAIT $online 2000
COMMANDS
  )
  log "hand-over: $acknowledged of $online replicas have all writes"
  ((acknowledged > 0))
}

# Whether a sentinel knows a replica that it would promote. It looks at replicas every ten seconds
# only, so one that has just come into sync may be unknown to it still.
knows_successor() {
  local i
  for i in 0 1 2; do
    if sentinel "$(sentinel_host "$i")" REPLICAS "$monitored" | awk '
      $0 == "name" { good = 0 }
      previous == "flags" { good = ($0 == "slave") }
      previous == "slave-priority" && $0 > 0 && good { found = 1 }
      { previous = $0 }
      END { exit !found }'; then
      return 0
    fi
  done
  return 1
}

# Asks one sentinel after the other to start; a second one only if the first did not accept.
request_failover() {
  local i answer
  for i in 0 1 2; do
    answer=$(sentinel "$(sentinel_host "$i")" FAILOVER "$monitored") || continue
    case $answer in
      OK | *INPROG*) return 0 ;;
      *) log "hand-over: sentinel $i: $answer" ;;
    esac
  done
  return 1
}

# The address of the Service, by the server that answers there.
leads_here() {
  [[ $(as probe -h "$SERVICE" "${service_tls[@]}" INFO server | field run_id) == "$(here INFO server | field run_id)" ]]
}

# Clients are held, not refused, until the Service leads to the new primary: then their
# connections are cut and they find it.
hand_over() {
  local until=$((SECONDS + handover_seconds)) next
  if [[ $(here INFO replication | field role) != master ]]; then return 0; fi
  # Clients are not held while there is nobody to hand over to.
  until knows_successor; do
    if (($(online_replicas) == 0 || SECONDS >= until)); then break; fi
    pause 0.5
  done
  until=$((SECONDS + handover_seconds))
  if ! hold_writes; then
    log "hand-over: there is no replica to take over"
    return 0
  fi
  until request_failover; do
    ((SECONDS < until)) || return 0
    pause 0.5
  done
  while ((SECONDS < until)); do
    next=$(elected)
    if [[ -n $next && $next != "$self" ]]; then
      log "hand-over: $next is the primary now"
      until=$((SECONDS + service_seconds))
      while ((SECONDS < until)) && leads_here; do pause 0.2; done
      return 0
    fi
    pause 0.2
  done
  log "hand-over: the sentinels promoted nobody in $handover_seconds s"
}
