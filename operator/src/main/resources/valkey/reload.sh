#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR
# Makes the running server use renewed certificates and changed users, when their files change.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  echo "Usage: reload.sh   (beside server.sh, which starts it)"
  exit 0
fi

# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=users.sh
. "$(dirname "${BASH_SOURCE[0]}")/users.sh"

sum() { cat "$@" | sha256sum; }

reload_certificates() {
  local answer
  answer=$(here CONFIG SET tls-cert-file "$tls/tls.crt" tls-key-file "$tls/tls.key" tls-ca-cert-file "$tls/ca.crt") || return 1
  log "certificates: $answer"
  [[ $answer == OK ]]
}

reload_users() {
  local answer
  write_users || return 1
  answer=$(here ACL LOAD) || return 1
  log "users: $answer"
  [[ $answer == OK ]] && loaded=$(known_users)
}

# What the operator has written of users.
written() { all_users | sum; }

# What the server holds its users for; nothing while it does not answer.
known_users() {
  local list
  list=$(here ACL LIST) || return 0
  sum <<<"$list"
}

# Users are those of the file, whatever was said to the server: a wrong password there would lock out
# applications, or the probes, until somebody finds out.
restore_users() {
  local now
  now=$(known_users)
  if [[ -n $now && $now != "$loaded" ]]; then
    log "users were changed in the server: taking those of the file again"
    reload_users
  fi
}

# Nothing tells whether the server began with the files that are there now: it reads them once more, at the first look.
certificates='' known='' loaded=

look() {
  local now
  # One that is loading is asked again below.
  [[ -S $socket ]] || return 0
  now=$(sum "$tls"/tls.crt "$tls"/tls.key "$tls"/ca.crt)
  if [[ $now != "$certificates" ]] && reload_certificates; then certificates=$now; fi
  now=$(written)
  if [[ $now != "$known" ]]; then
    if reload_users; then known=$now; fi
  else
    restore_users || true
  fi
}

# The kubelet swaps a link named ..data; the timeout tries again what the server refused, and looks at its users.
while :; do
  inotifywait -qq -t 10 -e create,moved_to,close_write "$tls" "$acl" "$settings" || true
  look
done
