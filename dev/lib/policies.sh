# shellcheck shell=bash
# A ShardPolicy alone is nothing to see: what it refers to is made as well, where it is not there yet.

# What dev/up has to know of a policy, a line each: name, strategy, Secret of the GeoIP database, and its BotClusters.
# Regions of another cluster or namespace are somebody else's.
POLICY_FACTS='{{.metadata.name}}
{{.spec.strategy}}
{{with .spec.geo}}{{with .database}}{{.secretName}}{{end}}{{end}}
{{.spec.clusterRef.name}}
{{with .spec.geo}}{{range .regions}}{{if not (or .endpoint .clusterRef.namespace)}}{{.clusterRef.name}}
{{end}}{{end}}{{end}}'

# is_policy FILE
is_policy() { grep -qE '^kind: *"?ShardPolicy' "$1"; }

# read_policy: asks the API server, which refuses what is wrong before anything is made.
read_policy() {
  local facts
  facts=$(kube -n "$NAMESPACE" apply --server-side --dry-run=server -f "$SAMPLE" -o go-template="$POLICY_FACTS" 2>"$LOGS/apply.log") ||
    die "the sample was refused: $(tail -n1 "$LOGS/apply.log")"
  mapfile -t facts <<<"$facts"
  NAME=${facts[0]} STRATEGY=${facts[1]} GEOIP=${facts[2]}
  mapfile -t CLUSTERS < <(printf '%s\n' "${facts[@]:3}" | awk 'NF && !seen[$0]++')
}

# make_clusters: those that somebody else made are left as they are.
make_clusters() {
  local name
  for name in "${CLUSTERS[@]}"; do
    make_cluster "$name" >"$LOGS/apply-$name.log" 2>&1 || die "BotCluster $name was refused: $(tail -n1 "$LOGS/apply-$name.log")"
  done
  for name in "${CLUSTERS[@]}"; do await_ready "$NAMESPACE" BotCluster "$name" 600; done
}

# make_cluster NAME: one for all strategies, each of which adds what it needs beside a database.
make_cluster() {
  local needed
  needed=$(needed_beside)
  if ! kube -n "$NAMESPACE" get botcluster "$1"; then
    sed "s/@NAME@/$1/" "$DEV/up.d/cluster.yaml" | kube -n "$NAMESPACE" apply --server-side -f - || return
  fi
  if [[ $needed ]] && is_ours "$1"; then
    kube -n "$NAMESPACE" patch botcluster "$1" --type merge -p "{\"spec\": {\"$needed\": {\"enabled\": true}}}"
  fi
}

# needed_beside: months that are over go to the object store; a region serves if its gateway does.
needed_beside() {
  case $STRATEGY in
    Time) echo seaweedfs ;;
    Geo) echo gateway ;;
  esac
}

# is_ours NAME: dev/up made this BotCluster.
is_ours() { [[ $(kube -n "$NAMESPACE" get botcluster "$1" -o jsonpath='{.metadata.labels.app\.kubernetes\.io/created-by}') == dev-up ]]; }

# make_rows: in the database of a BotCluster that dev/up made, and of no other; no bot server makes tables there.
make_rows() {
  local cluster=${CLUSTERS[0]} sql=$DEV/up.d/${STRATEGY,,}.sql
  if [[ ! -e $sql ]] || ! is_ours "$cluster"; then return; fi
  kube -n "$NAMESPACE" exec -i "$cluster-postgres-0" -- psql -XqU postgres -d botserver -v ON_ERROR_STOP=1 <"$sql" >"$LOGS/rows.log" 2>&1 ||
    die "the rows were refused: $(tail -n1 "$LOGS/rows.log")"
}

# make_geoip: networks that are kept free for examples, in three countries; whose Secret is there is left alone.
make_geoip() {
  if [[ ! $GEOIP ]] || kube -n "$NAMESPACE" get secret "$GEOIP" >/dev/null 2>&1; then return; fi
  python3 "$DEV/lib/geoip.py" 192.0.2.0/24=NA/US 198.51.100.0/24=EU/DE 203.0.113.0/24=AS/JP >"$LOGS/database.mmdb"
  kube -n "$NAMESPACE" create secret generic "$GEOIP" --from-file="$LOGS/database.mmdb" >"$LOGS/geoip.log" 2>&1 ||
    die "Secret $GEOIP was refused: $(tail -n1 "$LOGS/geoip.log")"
}

# make_tenants: the customers whom a policy with strategy Tenant places.
make_tenants() {
  if [[ $STRATEGY != Tenant ]]; then return; fi
  sed "s/@NAME@/${CLUSTERS[0]}/" "$DEV/up.d/tenants.yaml" >"$LOGS/tenants.yaml"
  apply_customers "$LOGS/tenants.yaml"
}

# await_archive: the sample's first month that is over, so that there is one to bring back.
await_archive() {
  if [[ ! $SAMPLE -ef $ROOT/samples/shardpolicy-time.yaml ]]; then return; fi
  await 180 "the first month is archived" is_archived ||
    die "no month is archived after 3 minutes (kubectl -n $NAMESPACE describe shardpolicy $NAME)"
}

# is_archived: also what came back meanwhile.
is_archived() { [[ $(partition_in Archived) || $(partition_in Restored) ]]; }

# partition_in STATE: the first that is.
partition_in() {
  kube -n "$NAMESPACE" get shardpolicy "$NAME" -o jsonpath="{.status.partitions[?(@.state==\"$1\")].name}" | cut -d' ' -f1
}

# run_policy: everything of a sample whose kind is ShardPolicy.
run_policy() {
  local names
  read_policy
  printf -v names '%s, ' "${CLUSTERS[@]}"
  step "making the BotClusters that are named and missing: ${names%, }"
  make_clusters
  make_rows
  make_geoip
  step "applying ${SAMPLE#"$ROOT"/} and waiting for ShardPolicy $NAME to be Ready"
  apply_sample
  await_ready "$NAMESPACE" ShardPolicy "$NAME" 600
  make_tenants
  await_archive
  step_end
  kube -n "$NAMESPACE" get shardpolicies
  if [[ $STRATEGY == Tenant ]]; then echo && kube -n "$NAMESPACE" get tenants; fi
}

# say_next_of_policy KUBECTL: what to type for its strategy.
say_next_of_policy() {
  printf '\nWhat to type next:\n'
  "say_next_of_${STRATEGY,,}" "$1"
  printf '  %s describe shardpolicy %s\n' "$1" "$NAME"
}

say_next_of_tenant() {
  cat <<TEXT
  # A shard takes two customers: for a third another is made.
  sed 's/maxTenantsPerShard: .*/maxTenantsPerShard: 2/' ${SAMPLE#"$ROOT"/} | $1 apply --server-side -f -
  sed 's/@NAME@/${CLUSTERS[0]}/' dev/up.d/one-more-tenant.yaml | $1 apply --server-side -f -
  $1 get tenants --watch      # tailor comes to $NAME-1
  # baker moves there while it is used; condition Migrating says how far it is.
  $1 patch tenant baker --type merge -p '{"spec":{"placement":{"shard":"$NAME-1"}}}'
TEXT
}

say_next_of_hash() {
  local plan
  plan=$(kube -n "$NAMESPACE" get shardpolicy "$NAME" -o jsonpath='{.status.plan.hash}')
  if [[ $plan ]]; then
    cat <<TEXT
  $1 get shardpolicy $NAME -o jsonpath='{.status.plan}'     # what would move; nothing does until it is approved
  $1 annotate shardpolicy $NAME generalbots.io/approve=$plan --overwrite
  $1 get shardpolicies --watch      # while it moves
TEXT
  fi
  cat <<TEXT
  # On which shard a key is:
  $1 exec ${CLUSTERS[0]}-postgres-0 -- psql -XU postgres botserver -c \\
    "SELECT user_id, sharding.route('$NAME', user_id::text) AS shard FROM notes GROUP BY user_id LIMIT 5"
TEXT
}

say_next_of_time() {
  local partition
  partition=$(partition_in Archived)
  cat <<TEXT
  $1 get shardpolicy $NAME -o jsonpath='{range .status.partitions[*]}{.name}{"\t"}{.state}{"\n"}{end}'
  # One that is archived comes back, to be read, for as long as the annotation names it.
  $1 annotate shardpolicy $NAME generalbots.io/restore=${partition:-PARTITION} --overwrite
TEXT
}

say_next_of_geo() {
  cat <<TEXT
  $1 port-forward service/$NAME-router 18080:8080 &
  # Addresses for examples: 192.0.2.1 is taken as in the USA, 198.51.100.1 as in Germany, 203.0.113.1 as in Japan.
  curl 'http://127.0.0.1:18080/route?policy=$NAME&address=198.51.100.1'
  # A region that is lost: ask again.
  $1 patch botcluster ${CLUSTERS[1]:-${CLUSTERS[0]}} --type merge -p '{"spec":{"hibernate":true}}'
TEXT
}
