#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR
# Makes the running server use renewed certificates and changed users, when their files change.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  echo "Usage: reload.sh [again]   (beside server.sh, which starts it; again: after one that may have missed a change)"
  exit 0
fi

# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

sum() { cat "$@" | sha256sum; }

reload_certificates() {
  local answer
  answer=$(here CONFIG SET tls-cert-file "$tls/tls.crt" tls-key-file "$tls/tls.key" tls-ca-cert-file "$tls/ca.crt") || return 1
  log "certificates: $answer"
  [[ $answer == OK ]]
}

reload_users() {
  local answer
  answer=$(here ACL LOAD) || return 1
  log "users: $answer"
  [[ $answer == OK ]]
}

certificates=$(sum "$tls"/tls.crt "$tls"/tls.key "$tls"/ca.crt)
users=$(sum "$acl/users.acl")
if [[ ${1:-} == again ]]; then certificates='' users=''; fi

look() {
  local now
  # A server that starts now reads the files itself; one that is loading is asked again below.
  [[ -S $socket ]] || return 0
  now=$(sum "$tls"/tls.crt "$tls"/tls.key "$tls"/ca.crt)
  if [[ $now != "$certificates" ]] && reload_certificates; then certificates=$now; fi
  now=$(sum "$acl/users.acl")
  if [[ $now != "$users" ]] && reload_users; then users=$now; fi
}

# The kubelet swaps a link named ..data; the timeout tries again what the server refused.
while :; do
  inotifywait -qq -t 30 -e create,moved_to,close_write "$tls" "$acl" || true
  look
done
