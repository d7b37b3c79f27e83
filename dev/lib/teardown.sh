# shellcheck shell=bash
# Removing a node, whether it runs, crashed, was half made, or was left behind by a reboot.

# node_left: something of the node's is still in the machine (its state folder aside).
node_left() { [[ $(cgroup_processes) ]] || netns_exists || cgroup_exists || [[ $(node_loops) ]]; }

cgroup_exists() {
  local hierarchy
  while read -r hierarchy; do
    [[ ! -d $hierarchy/$CGROUP ]] || return 0
  done < <(cgroup_hierarchies)
  return 1
}

# node_loops: loop devices over the node's volume images.
node_loops() { losetup -n -O NAME,BACK-FILE | awk -v folder="$STATE/volumes/" 'index($2, folder) == 1 { print $1 }'; }

# clear_node: all but the state folder. Processes first: mounts and loop devices go with the last of them.
clear_node() {
  local loop
  await 30 "ending processes" kill_cgroup_processes || die "these processes of node $NODE do not end: $(cgroup_processes | paste -sd' ')"
  await 15 "freeing loop devices" no_loops || true
  for loop in $(node_loops); do losetup -d "$loop" 2>/dev/null || true; done
  if netns_exists; then ip netns delete "$NETNS"; fi
  rm -f "$(netns_file)"
  await 15 "removing cgroups" remove_cgroups || die "a cgroup of node $NODE cannot be removed: $(cgroup_left)"
  rm -f "$STATE"/run/*.server
}

no_loops() { [[ -z $(node_loops) ]]; }

cgroup_left() {
  local hierarchy
  while read -r hierarchy; do find "$hierarchy/$CGROUP" -depth -type d 2>/dev/null || true; done < <(cgroup_hierarchies) | head -n1
}

# remove_state: the node's folder, and the empty folders that were made to mount upon.
remove_state() {
  local pair folder
  rm -rf --one-file-system "$STATE"
  rmdir "$GBO_STATE" 2>/dev/null || true
  for pair in "${NODE_FOLDERS[@]}"; do
    folder=${pair%%=*}
    if ! mounted_upon "$folder"; then rmdir "$folder" 2>/dev/null || true; fi
  done
}

# mounted_upon FOLDER: another node is, in its own namespace. Removing the folder would take the mount away from it.
mounted_upon() { grep -qsF " $1 " /proc/[0-9]*/mountinfo; }

purge_cache() {
  if [[ -d $GBO_CACHE ]]; then
    say "removing the cache $GBO_CACHE"
    rm -rf --one-file-system "$GBO_CACHE"
  fi
}
