# shellcheck shell=bash
# The control plane and the servers of the node, with their settings.

# Each server has a function ensure_NAME, with _ for -, that starts it unless it runs as it should.

# render TEMPLATE TARGET: fills in @NAME@ from the shell variables of these names.
# A file that is right already is not touched: kube-proxy ends itself when its settings are written again.
render() {
  local text name
  text=$(<"$1")
  for name in STATE NODE_NAME CGROUP BRIDGE POD_CIDR POD_FIRST DNS_ADDRESS CLUSTER_DOMAIN PAUSE_IMAGE COREDNS_IMAGE METRICS_IMAGE; do
    text=${text//@$name@/${!name}}
  done
  [[ -e $2 && $(<"$2") == "$text" ]] || printf '%s\n' "$text" >"$2"
}

write_configuration() {
  local config=$DEV/node.d/config
  render "$config/audit.yaml" "$STATE/config/audit.yaml"
  render "$config/containerd.toml" "$STATE/config/containerd.toml"
  render "$config/kubelet.yaml" "$STATE/config/kubelet.yaml"
  render "$config/kube-proxy.yaml" "$STATE/config/kube-proxy.yaml"
  render "$config/bridge.conflist" "$STATE/config/bridge.conflist"
  : >"$STATE/config/resolv.empty"
  printf 'nameserver %s\nsearch default.svc.%s svc.%s %s\noptions ndots:5\n' \
    "$DNS_ADDRESS" "$CLUSTER_DOMAIN" "$CLUSTER_DOMAIN" "$CLUSTER_DOMAIN" >"$STATE/config/resolv.cluster"
  write_kubeconfig admin "https://127.0.0.1:$PORT" "$STATE/kubeconfig"
}

kube() { inside "$BIN/kubectl" --kubeconfig "$STATE/config/admin.kubeconfig" "$@"; }

api_ready() { [[ $(kube get --raw /readyz --request-timeout=2s 2>/dev/null) == ok ]]; }

ensure_etcd() {
  # Nothing here must survive a power cut: not waiting for the disk makes every write faster.
  ensure_server etcd -- "$STATE/bin/etcd" --name=node --data-dir="$STATE/etcd" --unsafe-no-fsync --quota-backend-bytes=4294967296 \
    --listen-client-urls=https://127.0.0.1:2379 --advertise-client-urls=https://127.0.0.1:2379 \
    --listen-peer-urls=https://127.0.0.1:2380 --initial-advertise-peer-urls=https://127.0.0.1:2380 \
    --initial-cluster=node=https://127.0.0.1:2380 \
    --client-cert-auth --trusted-ca-file="$PKI/etcd-ca.crt" --cert-file="$PKI/etcd.crt" --key-file="$PKI/etcd.key" \
    --peer-client-cert-auth --peer-trusted-ca-file="$PKI/etcd-ca.crt" --peer-cert-file="$PKI/etcd.crt" --peer-key-file="$PKI/etcd.key"
}

ensure_kube_apiserver() {
  ensure_server kube-apiserver "$STATE/config/audit.yaml" -- "$STATE/bin/kube-apiserver" \
    --etcd-servers=https://127.0.0.1:2379 --etcd-cafile="$PKI/etcd-ca.crt" --etcd-certfile="$PKI/etcd-client.crt" --etcd-keyfile="$PKI/etcd-client.key" \
    --bind-address=0.0.0.0 --secure-port=6443 --advertise-address="$NODE_ADDRESS" --service-cluster-ip-range="$SERVICE_CIDR" \
    --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" --client-ca-file="$PKI/ca.crt" \
    --anonymous-auth=false --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged \
    --service-account-issuer="https://kubernetes.default.svc.$CLUSTER_DOMAIN" \
    --service-account-key-file="$PKI/service-account.key" --service-account-signing-key-file="$PKI/service-account.key" \
    --kubelet-client-certificate="$PKI/kubelet-client.crt" --kubelet-client-key="$PKI/kubelet-client.key" \
    --kubelet-certificate-authority="$PKI/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --requestheader-client-ca-file="$PKI/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$PKI/front-proxy-client.crt" --proxy-client-key-file="$PKI/front-proxy-client.key" \
    --audit-policy-file="$STATE/config/audit.yaml" --audit-log-path="$STATE/audit/audit.log" --audit-log-maxsize=1000 --audit-log-maxbackup=2
}

ensure_kube_controller_manager() {
  ensure_server kube-controller-manager -- "$STATE/bin/kube-controller-manager" --kubeconfig="$STATE/config/controller-manager.kubeconfig" \
    --authentication-kubeconfig="$STATE/config/controller-manager.kubeconfig" --authorization-kubeconfig="$STATE/config/controller-manager.kubeconfig" \
    --bind-address=127.0.0.1 --leader-elect=false --use-service-account-credentials --kube-api-qps=100 --kube-api-burst=200 \
    --service-account-private-key-file="$PKI/service-account.key" --root-ca-file="$PKI/ca.crt" \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key"
}

ensure_kube_scheduler() {
  ensure_server kube-scheduler -- "$STATE/bin/kube-scheduler" --kubeconfig="$STATE/config/scheduler.kubeconfig" \
    --authentication-kubeconfig="$STATE/config/scheduler.kubeconfig" --authorization-kubeconfig="$STATE/config/scheduler.kubeconfig" \
    --bind-address=127.0.0.1 --leader-elect=false --kube-api-qps=100 --kube-api-burst=200
}

ensure_containerd() {
  inside cp "$STATE/config/bridge.conflist" /run/cni/net.d/10-bridge.conflist
  ensure_server containerd "$STATE/config/containerd.toml" -- "$(command -v containerd)" --config "$STATE/config/containerd.toml"
}

ensure_provisioner() {
  mkdir -p "$STATE/volumes/images" "$STATE/volumes/mounts"
  # Before the kubelet: a pod must never write into the empty folder below a volume.
  inside "$STATE/bin/provisioner" -mount-only -images "$STATE/volumes/images" -mounts "$STATE/volumes/mounts" >>"$STATE/log/provisioner.log" 2>&1 ||
    die "cannot mount the volumes: $(tail -n1 "$STATE/log/provisioner.log")"
  ensure_server provisioner -- "$STATE/bin/provisioner" -kubeconfig "$STATE/config/provisioner.kubeconfig" -node "$NODE_NAME" \
    -images "$STATE/volumes/images" -mounts "$STATE/volumes/mounts"
}

ensure_kubelet() {
  ensure_server kubelet "$STATE/config/kubelet.yaml" -- "$STATE/bin/kubelet" --config="$STATE/config/kubelet.yaml" \
    --kubeconfig="$STATE/config/kubelet.kubeconfig" --hostname-override="$NODE_NAME" --node-ip="$NODE_ADDRESS" --root-dir=/var/lib/kubelet
}

ensure_kube_proxy() {
  ensure_server kube-proxy "$STATE/config/kube-proxy.yaml" -- "$STATE/bin/kube-proxy" --config="$STATE/config/kube-proxy.yaml"
}

ensure_network_policy() {
  ensure_server network-policy -- "$STATE/bin/network-policy" --kubeconfig="$STATE/config/network-policy.kubeconfig" \
    --hostname-override="$NODE_NAME" --service-cluster-ip-range="$SERVICE_CIDR" --health-port=0 --metrics-port=0
}

ensure_forward() {
  local enter=("${ENTER[@]}")
  ENTER=()
  ensure_server forward -- "$STATE/bin/forward" -listen "127.0.0.1:$PORT" -namespace "$(netns_file)" -to 127.0.0.1:6443
  ENTER=("${enter[@]}")
}
