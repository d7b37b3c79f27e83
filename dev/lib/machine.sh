# shellcheck shell=bash
# What the machine must offer: tools from Debian packages, namespaces, loop devices, file systems.

# ensure_node_tools: tool=package; a path is looked for as a file.
ensure_node_tools() {
  ensure_tools \
    containerd=containerd ctr=containerd runc=runc /usr/lib/cni/bridge=containernetworking-plugins \
    nft=nftables iptables=iptables ipset=ipset conntrack=conntrack ip=iproute2 ss=iproute2 jq=jq \
    mkfs.xfs=xfsprogs xfs_growfs=xfsprogs losetup=mount mount=mount findmnt=util-linux nsenter=util-linux \
    unshare=util-linux setsid=util-linux flock=util-linux openssl=openssl
}

has_tool() { if [[ $1 == /* ]]; then [[ -x $1 ]]; else command -v "$1" >/dev/null; fi; }

# missing_packages TOOL=PACKAGE…: the packages whose tool is not there, each once.
missing_packages() {
  local pair
  for pair in "$@"; do
    has_tool "${pair%%=*}" || printf '%s\n' "${pair#*=}"
  done | sort -u
}

# ensure_tools TOOL=PACKAGE…: installs what is missing and nothing else.
ensure_tools() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null || die "missing tools: install the packages ${missing[*]} (this is no Debian: apt-get is not there)"
  step_detail "installing ${missing[*]}"
  install_packages "${missing[@]}"
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) || die "the packages ${missing[*]} are installed, but their tools are not on the PATH"
}

install_packages() {
  local log=$GBO_CACHE/log/apt.log
  mkdir -p "$GBO_CACHE/log"
  if ! without_services apt_install "$@" >"$log" 2>&1; then
    # The package lists may be missing or old: fetch them once.
    { apt-get update && without_services apt_install "$@"; } >>"$log" 2>&1 ||
      die "cannot install $*: $(grep -m1 '^E:' "$log" || echo "see $log")"
  fi
}

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; }

# without_services COMMAND…: packages bring containerd as a service of the machine, which the node has no use for.
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [[ -e $policy ]]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  "$@" || status=$?
  rm -f "$policy"
  return $status
}

# check_machine: what no package can bring. One line for what is missing.
check_machine() {
  local system
  unshare --net --mount true 2>/dev/null || die "this machine gives root no network namespaces (a container without CAP_SYS_ADMIN?)"
  [[ -e /dev/loop-control ]] || modprobe loop 2>/dev/null || die "this machine has no loop devices (/dev/loop-control)"
  for system in xfs overlay; do
    grep -qw "$system" /proc/filesystems || modprobe "$system" 2>/dev/null || die "this kernel has no $system file system"
  done
  # Without it, policies would not see traffic between pods of one bridge.
  [[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]] || modprobe br_netfilter 2>/dev/null ||
    die "this kernel cannot filter bridged traffic (module br_netfilter)"
  [[ -d /sys/fs/cgroup ]] || die "no cgroups under /sys/fs/cgroup"
}
