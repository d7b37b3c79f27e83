# shellcheck shell=bash
# Bringing a node up, from nothing or from whatever an earlier run left.

# with_node_lock: two commands never change the same node at once. The lock ends with the script.
with_node_lock() {
  mkdir -p "$GBO_STATE" || die "cannot make $GBO_STATE"
  exec 9>"$GBO_STATE/.$NODE.lock"
  await 600 "another command changes node $NODE" flock -n 9 || die "another command changes node $NODE since 10 minutes"
}

up_node() {
  STEPS=$([[ $ALONE ]] && echo 5 || echo 8)
  step "checking the machine and its packages"
  need_space "$GBO_STATE" 3 "a node"
  ensure_node_tools
  check_machine
  with_node_lock
  step "building Kubernetes $KUBERNETES_VERSION and its companions"
  build_binaries
  step "making the node's namespaces"
  make_spaces
  step "writing certificates and settings"
  make_certificates
  name_images
  write_configuration
  step "starting the control plane"
  start_api_server
  if [[ $ALONE ]]; then
    step_end
    say "the API server of node $NODE is ready, alone: export KUBECONFIG=$STATE/kubeconfig"
    return
  fi
  start_control_plane
  step "starting the container runtime"
  ensure_containerd
  await_server containerd 30 "answering" runtime_ready
  load_own_images
  step "starting the node"
  start_worker
  step "waiting for DNS, metrics and volumes"
  await_cluster
  step_end
  say "node $NODE is ready: export KUBECONFIG=$STATE/kubeconfig, or dev/kubectl --node $NODE get pods -A"
}

make_spaces() {
  mkdir -p "$STATE"/{run,log,config,audit}
  if ! holder_holds && node_left; then
    step_detail "clearing what a crash or a reboot left"
    clear_node
  fi
  link_binaries
  choose_port
  make_cgroups
  make_network
  if holder_holds; then use_spaces; else make_mounts; fi
}

# link_binaries: commands of a later day find the binaries of the node that runs, whatever has been built since.
link_binaries() {
  ln -sfn "$BIN" "$STATE/bin.new"
  mv -T "$STATE/bin.new" "$STATE/bin"
}

start_api_server() {
  ensure_etcd
  ensure_kube_apiserver
  ensure_forward
  await_server kube-apiserver 120 "ready" api_ready
}

start_control_plane() {
  ensure_kube_controller_manager
  ensure_kube_scheduler
  apply_manifest access.yaml
}

# apply_manifest FILE
apply_manifest() {
  local out
  render "$DEV/node.d/manifests/$1" "$STATE/config/$1"
  out=$(kube apply --server-side --force-conflicts --field-manager=generalbots-node -f "$STATE/config/$1" 2>&1) ||
    die "cannot apply $1: $(tail -n1 <<<"$out")"
}

start_worker() {
  ensure_provisioner
  ensure_kubelet
  ensure_kube_proxy
  await_server kubelet 60 "node Ready" node_is_ready
  await_server kube-proxy 30 "healthy" proxy_ready
  # It looks up its node once, when it starts.
  ensure_network_policy
}

# node_is_ready: as this kubelet says, not as the one before said.
node_is_ready() {
  local ready heartbeat
  read -r ready heartbeat < <(kube get node "$NODE_NAME" -o 'jsonpath={range .status.conditions[?(@.type=="Ready")]}{.status} {.lastHeartbeatTime}{end}')
  [[ $ready == True ]] && (($(date -d "$heartbeat" +%s) >= $(stat -c %Y "$(server_record kubelet)")))
}

proxy_ready() { inside nft list table ip kube-proxy; }

await_cluster() {
  apply_manifest storage.yaml
  apply_manifest dns.yaml
  apply_manifest metrics.yaml
  await 120 "DNS" dns_answers || die "CoreDNS is not available: dev/kubectl --node $NODE -n kube-system describe pods -l k8s-app=kube-dns"
  await 120 "metrics" metrics_flow || die "metrics-server is not available: dev/kubectl --node $NODE -n kube-system logs deploy/metrics-server"
  server_alive provisioner || die "provisioner ended: $(server_complaint provisioner)"
  server_alive network-policy || die "network-policy ended: $(server_complaint network-policy)"
}

# Both ask the service itself: what a Deployment's status says may be from before a crash.
dns_answers() { with_cluster_dns timeout 3 getent ahostsv4 "kubernetes.default.svc.$CLUSTER_DOMAIN" >/dev/null; }
metrics_flow() { kube get --raw "/apis/metrics.k8s.io/v1beta1/nodes/$NODE_NAME" >/dev/null 2>&1; }

down_node() {
  STEPS=2
  with_node_lock
  step "stopping node $NODE"
  clear_node
  step "removing its state"
  remove_state
  rm -f "$GBO_STATE/.$NODE.lock"
  rmdir "$GBO_STATE" 2>/dev/null || true
  step_end
}
