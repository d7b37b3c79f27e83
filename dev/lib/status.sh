# shellcheck shell=bash
# What runs, and whether it is well.

NODE_SERVERS=(holder etcd kube-apiserver kube-controller-manager kube-scheduler containerd provisioner kubelet kube-proxy network-policy forward)

need_running() {
  [[ -d $STATE ]] || die "there is no node $NODE (make it: dev/node up --name $NODE)"
  holder_holds || die "node $NODE does not run (start it: dev/node up --name $NODE)"
  use_spaces
  BIN=$(readlink -f "$STATE/bin")
}

show_status() {
  local server pid failed=0
  [[ -d $STATE ]] || { printf 'node %s: none\n' "$NODE"; return 1; }
  printf 'node %s: network namespace %s, port %s, state %s\n' "$NODE" "$NETNS" "$(cat "$STATE/port" 2>/dev/null || echo none)" "$STATE"
  for server in "${NODE_SERVERS[@]}"; do
    if pid=$(server_pid "$server"); then
      printf '  %-24s running  %7s  since %s\n' "$server" "$pid" "$(ps -o etime= -p "$pid" | tr -d ' ')"
    else
      printf '  %-24s stopped\n' "$server"
      failed=1
    fi
  done
  ((!failed)) || return 1
  use_spaces
  BIN=$(readlink -f "$STATE/bin")
  api_ready || { printf '  the API server is not ready\n'; return 1; }
  kube get nodes,deployments -A --no-headers 2>/dev/null | sed 's/^/  /'
  [[ $(node_condition) == True ]]
}

node_condition() { kube get node "$NODE_NAME" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null; }

list_nodes() {
  local folder condition
  printf '%-12s %-8s %-6s %s\n' NAME STATE PORT FOLDER
  for folder in "$GBO_STATE"/*/; do
    [[ -e $folder/port || -d $folder/run ]] || continue
    set_node "$(basename "$folder")"
    condition=stopped
    if holder_holds; then condition=running; elif node_left; then condition=broken; fi
    printf '%-12s %-8s %-6s %s\n' "$NODE" "$condition" "$(cat "$STATE/port" 2>/dev/null || echo -)" "$STATE"
  done
}

# known_servers NAME…: dies at the first that is none; the holder is the node itself.
known_servers() {
  local server
  (($#)) || die "which server? One of: ${NODE_SERVERS[*]:1}"
  for server in "$@"; do
    [[ $server != holder && " ${NODE_SERVERS[*]} " == *" $server "* ]] || die "no server $server (one of: ${NODE_SERVERS[*]:1})"
  done
}

stop_servers() {
  local server
  known_servers "$@"
  need_running
  with_node_lock
  for server in "$@"; do stop_server "$server" "$SIGNAL"; done
}

start_servers() {
  local server
  known_servers "$@"
  need_running
  with_node_lock
  PORT=$(<"$STATE/port")
  for server in "$@"; do "ensure_${server//-/_}"; done
  if server_alive kube-apiserver; then await_server kube-apiserver 120 "ready" api_ready; fi
}

show_logs() {
  local follow=() server=$1
  [[ -d $STATE/log ]] || die "there is no node $NODE"
  if [[ $2 ]]; then follow=(-f); fi
  if [[ ! $server ]]; then
    printf 'logs of node %s (dev/node logs SERVER):\n' "$NODE"
    (cd "$STATE/log" && stat -c '  %n  %s bytes' -- *.log)
    return
  fi
  [[ -e $STATE/log/$server.log ]] || die "no log of $server (there are: $(cd "$STATE/log" && printf '%s ' *.log | sed 's/\.log//g'))"
  exec tail -n 200 "${follow[@]}" "$STATE/log/$server.log"
}
