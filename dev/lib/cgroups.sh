# shellcheck shell=bash
# A cgroup of the node's name in every hierarchy (version 1) or in the one there is (version 2).
# All processes of the node live below it, so that they are found and ended even when every other trace of them is lost.

CGROUP_GROUPS=(system exec)   # the node's servers; commands run by `dev/node exec`. The kubelet adds kubepods.

# cgroup_hierarchies: their mount points.
cgroup_hierarchies() { findmnt -rn -t cgroup,cgroup2 -o TARGET; }

make_cgroups() {
  local hierarchy group
  while read -r hierarchy; do
    make_cgroup "$hierarchy" "$CGROUP"
    delegate_controllers "$hierarchy"
    for group in "${CGROUP_GROUPS[@]}"; do make_cgroup "$hierarchy" "$CGROUP/$group"; done
    weigh "$hierarchy/$CGROUP" 16
    weigh "$hierarchy/$CGROUP/system" 4
  done < <(cgroup_hierarchies)
}

# make_cgroup HIERARCHY PATH: a cpuset of version 1 is unusable until it has cpus and memory nodes.
make_cgroup() {
  local folder=$1/$2 setting
  mkdir -p "$folder"
  [[ -e $folder/cgroup.clone_children && -e $folder/cpuset.cpus ]] || return 0
  for setting in cpuset.cpus cpuset.mems; do
    if [[ -z $(<"$folder/$setting") ]]; then cat "${folder%/*}/$setting" >"$folder/$setting"; fi
  done
}

# delegate_controllers HIERARCHY: version 2 gives a child only the controllers that its parent passes on.
delegate_controllers() {
  local folder controller controllers
  [[ -e $1/$CGROUP/cgroup.controllers ]] || return 0
  for folder in "$1" "$1/$CGROUP"; do
    read -ra controllers <"$folder/cgroup.controllers" || true
    for controller in "${controllers[@]}"; do
      printf '+%s' "$controller" >"$folder/cgroup.subtree_control" 2>/dev/null || true
    done
  done
}

# weigh FOLDER TIMES: as much of a busy processor as so many processes get. The node is a hundred of them and would
# otherwise get as much as one build beside it; its pods must not starve its API server, or what is measured is the machine.
weigh() {
  if [[ -e $1/cpu.shares ]]; then printf %d $((1024 * $2)) >"$1/cpu.shares"; fi
  if [[ -e $1/cpu.weight ]]; then printf %d $((100 * $2)) >"$1/cpu.weight"; fi
}

# join_cgroup GROUP: moves the calling (sub)shell, in every hierarchy.
join_cgroup() {
  local hierarchy
  while read -r hierarchy; do
    printf '%d' "$BASHPID" >"$hierarchy/$CGROUP/$1/cgroup.procs"
  done < <(cgroup_hierarchies)
}

# cgroup_processes: every process of the node, each once.
cgroup_processes() {
  local hierarchy
  while read -r hierarchy; do
    [[ -d $hierarchy/$CGROUP ]] || continue
    find "$hierarchy/$CGROUP" -name cgroup.procs -exec cat {} + 2>/dev/null || true
  done < <(cgroup_hierarchies) | sort -un
}

# kill_cgroup_processes: one round; true when nothing is left.
kill_cgroup_processes() {
  local pids
  mapfile -t pids < <(cgroup_processes)
  ((${#pids[@]})) || return 0
  kill -KILL "${pids[@]}" 2>/dev/null || true
  return 1
}

# remove_cgroups: one round, from the leaves; true when nothing is left.
remove_cgroups() {
  local hierarchy left=0
  while read -r hierarchy; do
    [[ -d $hierarchy/$CGROUP ]] || continue
    find "$hierarchy/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null || left=1
  done < <(cgroup_hierarchies)
  return $left
}
