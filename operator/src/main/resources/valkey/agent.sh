#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR
# Keeps the Service of a cluster on its primary, from beside a sentinel.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: agent.sh locate|follow
  locate  writes who was primary in which epoch to /run/sentinel/located, for a sentinel that
          starts from nothing: from the Service, which is the lasting record of it
  follow  points the Service at the primary whenever the sentinel says that it changed
Environment: POD_NAME, POD_NAMESPACE, NAME, DOMAIN, SENTINELS, SENTINEL_DOMAIN, SERVICE_NAME.
Mounts: the account's token, /settings, /credentials, /tls, /run/sentinel.
USAGE
}

# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly account=/var/run/secrets/kubernetes.io/serviceaccount
readonly epoch_annotation=generalbots.io/primary-epoch
readonly pod_label=statefulset.kubernetes.io/pod-name
readonly manager=valkey-agent
readonly check_seconds=30

api() {
  curl -sS --max-time 5 --fail-with-body --cacert "$account/ca.crt" \
    -H @<(printf 'Authorization: Bearer %s' "$(<"$account/token")") \
    "$@"
}

service_url() {
  printf 'https://%s:%s/api/v1/namespaces/%s/services/%s' \
    "$KUBERNETES_SERVICE_HOST" "$KUBERNETES_SERVICE_PORT" "$POD_NAMESPACE" "$SERVICE_NAME"
}

# The Service's version, epoch and pod, in one line; - for what it does not say.
read_service() {
  api "$(service_url)" | jq -er --arg epoch "$epoch_annotation" --arg pod "$pod_label" \
    '"\(.metadata.resourceVersion) \(.metadata.annotations[$epoch] // "-") \(.spec.selector[$pod] // "-")"'
}

# One atomic write, refused if anybody wrote since the version was read: an older epoch can never
# replace a newer one, and there are never two pods behind the Service.
write_service() {
  local version=$1 epoch=$2 pod=$3
  jq -n --arg name "$SERVICE_NAME" --arg version "$version" --arg epoch "$epoch" --arg pod "$pod" \
    --arg annotation "$epoch_annotation" --arg label "$pod_label" '{
      apiVersion: "v1", kind: "Service",
      metadata: {name: $name, resourceVersion: $version, annotations: {($annotation): $epoch}},
      spec: {selector: {($label): $pod}}
    }' | api -o /dev/null -X PATCH -H 'Content-Type: application/apply-patch+yaml' --data-binary @- \
    "$(service_url)?fieldManager=$manager&force=true"
}

# Pod and epoch in the view of the own sentinel, both of one moment: the epoch before and after
# is the same. One connection, since this is on the way of every failover.
own_view() {
  local primary before after
  read -r before primary after < <(
    printf 'SENTINEL %s %s\n' MASTER "$monitored" GET-MASTER-ADDR-BY-NAME "$monitored" MASTER "$monitored" |
      sentinel_session "$own" |
      awk 'epoch { printf "%s ", $0; epoch = 0 }
           $0 == "config-epoch" { epoch = 1; blocks++ }
           blocks == 1 && !shown && index($0, ENVIRON["NAME"] "-") == 1 { printf "%s ", $0; shown = 1 }
           END { print "" }'
  )
  [[ -n ${after:-} && $before == "$after" && $primary == "$NAME"-*."$DOMAIN" ]] || return 1
  printf '%s %s\n' "${primary%%.*}" "$after"
}

# Points the Service at the primary unless it leads there or to a newer one.
reconcile() {
  local version epoch pod known_epoch known_pod
  read -r pod epoch < <(own_view) || return 1
  read -r version known_epoch known_pod < <(read_service) || return 1
  if [[ $known_epoch != - ]]; then
    if ((known_epoch > epoch)); then return 0; fi
    if ((known_epoch == epoch)) && [[ $known_pod == "$pod" ]]; then return 0; fi
    # The same epoch with another pod: somebody's edit, or two views; the majority decides.
    if ((known_epoch == epoch)) && [[ $(elected) != "$pod.$DOMAIN" ]]; then return 0; fi
  fi
  write_service "$version" "$epoch" "$pod" || return 1
  log "the Service leads to $pod since epoch $epoch"
}

settle() {
  local tries
  for tries in 1 2 3 4 5; do
    if reconcile; then return 0; fi
    log "try $tries did not settle the Service"
  done
}

# Every line is a reason to look, the timeout too; the end of the stream is not.
follow() {
  local status
  while :; do
    exec {events}< <(exec env REDISCLI_AUTH="$(value "$credentials/sentinel")" valkey-cli --no-auth-warning \
      -h "$own" -p "$sentinel_port" --tls --cacert "$tls/ca.crt" \
      SUBSCRIBE +switch-master +promoted-slave +failover-state-reconf-slaves +config-update-from 2>&1)
    while :; do
      status=0
      read -r -t "$check_seconds" -u "$events" || status=$?
      # 1 is the end of the stream; above 128 nothing happened for a while.
      if ((status == 1)); then break; fi
      while read -r -t 0.05 -u "$events"; do :; done
      settle
    done
    exec {events}<&-
    log "the sentinel's events ended; asking again"
    read -r -t 1 -u "$never" || true
  done
}

# What the Service tells may be behind: the other sentinels then tell the new one of a later epoch.
locate() {
  local version epoch pod primary
  until read -r version epoch pod < <(read_service); do
    log "waiting for the API server to tell about the Service"
    read -r -t 1 -u "$never" || true
  done
  if [[ $epoch == - ]]; then epoch=0; fi
  if [[ $pod == - ]]; then pod=$NAME-0; fi
  primary=$pod.$DOMAIN
  printf '%s %s\n' "$primary" "$epoch" >/run/sentinel/located
  log "the Service (version $version) names $pod since epoch $epoch"
}

exec {never}<> <(:) # a stream on which nothing ever comes
own=${POD_NAME:-}.${SENTINEL_DOMAIN:-}
trap 'exit 0' TERM INT
case ${1:-} in
  locate) locate ;;
  follow) follow ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
