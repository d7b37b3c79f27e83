# shellcheck shell=bash
# What every script of the images shares: where things live, and how it speaks.

images_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
repo_dir=$(cd "$images_dir/../.." && pwd)
cache_dir=${GBO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/generalbots}
# Scratch of one run, below the cache; who needs it makes and removes it.
work_dir=${work_dir:-}
# The uid and gid of every image: packages would each take the next free one, and volumes keep the number.
app_id=10001
suite=trixie
# What a build makes gets this time (the suite's release day), so that equal content gives equal digests.
SOURCE_DATE_EPOCH=1754697600
export images_dir repo_dir cache_dir work_dir app_id suite SOURCE_DATE_EPOCH

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "$(basename "$0"): $*"
  exit 1
}

# Installs what is missing of Debian's packages, given as command=package.
need() {
  local missing=() pair
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "missing: ${missing[*]}, and there is no apt-get to install them with"
  say "installing ${missing[*]}"
  DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends \
    "${missing[@]}" >/dev/null || fail "cannot install ${missing[*]} (apt-get update first?)"
}

need_root() {
  [ "$(id -u)" -eq 0 ] || fail "must run as root: files in an image belong to many users"
}

# What this run wrote gets the fixed time. Files of packages keep theirs: it is the same everywhere, and Python's
# compiled files name it.
settle_times() {
  find "$1" -xdev -newer "$work_dir/started" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}
