#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR
# Probes of a data pod, and of a sentinel.
set -euo pipefail

if [[ ${1:-} != live && ${1:-} != ready && ${1:-} != sentinel ]]; then
  echo "Usage: probe.sh live|ready|sentinel"
  [[ ${1:-} == -h || ${1:-} == --help ]]
  exit
fi

# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [[ $1 == sentinel ]]; then
  primary=$(sentinel localhost GET-MASTER-ADDR-BY-NAME "$monitored" | head -n 1)
  [[ -n $primary ]] || fail "the sentinel knows no primary"
  exit 0
fi

# A pod in the fence is alive without a server.
if [[ $1 == live && ! -e /run/valkey/serving ]]; then exit 0; fi

# Cheaper by the socket than by TLS; but clients come by the port, so it has to be open.
if [[ $1 == ready ]]; then
  timeout 2 bash -c "</dev/tcp/localhost/$tls_port" 2>/dev/null || fail "port $tls_port takes no connection"
fi
answer=$(as probe -s "$socket" INFO replication) || fail "the server does not answer"
if [[ $1 == live || $answer == *role:master* || $answer == *master_link_status:up* ]]; then exit 0; fi
fail "not in sync with the primary"
