# shellcheck shell=bash
# The namespaces a node lives in. Network: its bridge, pods and services exist only there.
# Mounts: what the kubelet, containerd and the provisioner mount vanishes with the node's last process, and so do loop devices.

export BRIDGE=cni0
export NODE_ADDRESS=10.88.0.1
export POD_CIDR=10.88.0.0/16
export POD_FIRST=10.88.1.1
export SERVICE_CIDR=10.96.0.0/16
export API_ADDRESS=10.96.0.1
export DNS_ADDRESS=10.96.0.10
export CLUSTER_DOMAIN=cluster.local

# folder inside the node = folder of the node's state
NODE_FOLDERS=(
  /var/lib/kubelet=kubelet /var/lib/containerd=containerd /var/lib/cni=cni
  /var/log/pods=pods-log /var/log/containers=containers-log
)

netns_file() { printf '/run/netns/%s\n' "$NETNS"; }
netns_exists() { [[ $(findmnt -rn -o FSTYPE --mountpoint "$(netns_file)") == nsfs ]]; }

# holder_holds: the holder lives, in the network namespace that bears the node's name, with the node's mounts in place.
holder_holds() {
  local pid
  pid=$(server_pid holder) && netns_exists &&
    [[ $(stat -Lc %i "/proc/$pid/ns/net") == "$(stat -Lc %i "$(netns_file)")" ]] &&
    [[ $(cat "/proc/$pid/comm") == pause ]]
}

make_network() {
  netns_exists || {
    rm -f "$(netns_file)"
    ip netns add "$NETNS"
  }
  # nsenter, not `ip netns exec`: that one mounts /sys anew and hides the cgroups.
  nsenter --net="$(netns_file)" bash -euo pipefail -c "$(declare -f setup_network); setup_network $BRIDGE $NODE_ADDRESS ${POD_CIDR#*/}"
}

# setup_network BRIDGE ADDRESS BITS: runs inside the network namespace.
setup_network() {
  ip link set lo up
  ip link show "$1" >/dev/null 2>&1 || ip link add "$1" type bridge
  ip address replace "$2/$3" dev "$1"
  ip link set "$1" up
  # The kubelet and the API server want a default route; it leads nowhere.
  ip route replace default dev "$1"
  echo 1 >/proc/sys/net/ipv4/ip_forward
  echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
}

make_mounts() {
  local pair
  for pair in "${NODE_FOLDERS[@]}"; do mkdir -p "${pair%%=*}" "${STATE:?}/${pair#*=}"; done
  ENTER=(nsenter "--net=$(netns_file)" unshare --mount --propagation slave)
  start_server holder - bash -euo pipefail -c \
    "$(declare -f setup_mounts); setup_mounts \"\$@\"" - "$STATE" "$BIN/pause" "${NODE_FOLDERS[@]}"
  await_server holder 10 "the mount namespace" holder_holds
  use_spaces
}

# setup_mounts STATE PAUSE INSIDE=FOLDER…: runs inside the mount namespace and becomes the process that holds it.
setup_mounts() {
  local state=$1 pause=$2 pair
  shift 2
  # Shared among the node's own processes: containers may ask for mounts to be propagated.
  mount --make-rshared /
  mount -t tmpfs -o mode=755,nosuid,nodev gbo-run /run
  mkdir -p /run/netns /run/lock /run/cni/net.d
  for pair in "$@"; do mount --bind "$state/${pair#*=}" "${pair%%=*}"; done
  exec "$pause"
}

# use_spaces: from now on servers and commands run inside.
use_spaces() {
  local pid
  pid=$(server_pid holder) || die "node $NODE does not run (start it: dev/node up --name $NODE)"
  ENTER=(nsenter "--net=/proc/$pid/ns/net" "--mount=/proc/$pid/ns/mnt")
}

# inside COMMAND…: runs a command of the node's own in its namespaces.
inside() { "${ENTER[@]}" "$@"; }

# with_cluster_dns COMMAND…: in the node's network and with its DNS, but among the machine's files and processes.
with_cluster_dns() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  nsenter --net="$(netns_file)" unshare --mount --propagation slave \
    sh -c 'mount --bind "$1" "$(readlink -f /etc/resolv.conf)" && shift && exec "$@"' sh "$STATE/config/resolv.cluster" "$@"
}

# port_free PORT: nobody listens on it.
port_free() { [[ -z $(ss -Htln "sport = :$1") ]]; }

# choose_port: the one asked for, the one remembered, or the first free one.
choose_port() {
  local remembered=''
  if [[ -e $STATE/port ]]; then remembered=$(<"$STATE/port"); fi
  if [[ $PORT && $PORT != "$remembered" ]]; then
    port_free "$PORT" || die "port $PORT is taken: $(ss -Htlnp "sport = :$PORT" | grep -oE 'users:.*' || echo 'by an unknown process') (choose another with --port)"
    stop_server forward
  elif [[ $remembered ]] && { server_alive forward || port_free "$remembered"; }; then
    PORT=$remembered
  else
    PORT=16443
    until port_free "$PORT" && ! port_promised "$PORT"; do PORT=$((PORT + 1)); done
  fi
  printf '%s\n' "$PORT" >"$STATE/port"
}

# port_promised PORT: another node has it, running or not.
port_promised() { grep -qxs "$1" "$GBO_STATE"/*/port; }
