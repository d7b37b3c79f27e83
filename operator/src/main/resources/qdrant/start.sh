#!/bin/bash
# Runs Qdrant as a peer of its cluster. A volume that has never been in the cluster makes a newcomer: the first one
# of all founds the cluster, every other joins through a peer that is in it already.
set -euo pipefail
state=/data/storage/raft_state.json
uri() { echo "$SCHEME://$NAME-$1.$DOMAIN:$P2P_PORT"; }

# Whom a newcomer joins through: nobody, if this is the first peer of a cluster that is not founded yet.
through=0
if [[ $POD_NAME == "$NAME-0" ]]; then through=$(</config/through); fi

# Qdrant ignores both of a peer that has been in the cluster before.
arguments=(--uri "$(uri "${POD_NAME##*-}")")
if [[ -n $through ]]; then
  arguments+=(--bootstrap "$(uri "$through")")
  # It would give up at once, and Kubernetes would let more and more time pass between two tries.
  until [[ -e $state ]] || (: <"/dev/tcp/$NAME-$through.$DOMAIN/$P2P_PORT") 2>/dev/null; do sleep 1; done
fi

# The official image has the program beside its configuration.
PATH=$PATH:/qdrant
qdrant "${arguments[@]}" &
server=$!
trap 'kill -TERM "$server"' TERM INT
code=0
wait "$server" || code=$?
# A signal ends the first wait, not the server.
if kill -0 "$server" 2>/dev/null; then code=0 && wait "$server" || code=$?; fi

# Qdrant keeps a newcomer out while the cluster knows a peer of its address that has data: it had another volume.
if [[ ! -e $state ]] || grep -qE '"hard_state": ?\{"term": ?0[,}]' "$state"; then
  echo "newcomer" >"$MESSAGE"
fi
exit "$code"
