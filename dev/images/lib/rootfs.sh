# shellcheck shell=bash
# The root of a layer: the first from Debian, every other from its parent's.
# shellcheck source=recipe.sh
. "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"
# shellcheck source=debian.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

root_from_debian() {
  local root=$1 option options=()
  say "$recipe_name: unpacking Debian $suite"
  dpkg_excludes >"$work_dir/excludes"
  while read -r option; do options+=(--dpkgopt="$option"); done <"$work_dir/excludes"
  debian_sources >"$work_dir/sources.list"
  mmdebstrap --quiet --mode=root --variant=essential --format=directory "${options[@]}" \
    "$suite" "$root" - <"$work_dir/sources.list" >"$work_dir/install.log" 2>&1 || {
    tail -n 15 "$work_dir/install.log" >&2
    fail "$recipe_name: mmdebstrap failed (its last lines are above)"
  }
  # Some packages link a manual page into this folder and fail where it is not.
  mkdir -p "$root/usr/share/man/man1"
}

# Everything that mounts or runs does so in namespaces that end with it, whatever happens: what is left here is
# plain files, safe to walk and to delete.
root_from_parent() {
  local parent=$1 root=$2
  cp -a "$parent" "$root"
  unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$images_dir/lib/fill" "$recipe_name" "$root"
}

# What installing leaves behind and running does not need: caches, logs, this machine's names, setuid bits.
root_clean() {
  local root=$1
  ! grep -qF " $root/" /proc/self/mountinfo || fail "$recipe_name: something is still mounted below $root"
  find "$root"/{dev,proc,sys,run,tmp,var/tmp,var/log} -xdev -mindepth 1 -delete
  rm -rf --one-file-system "$root"/etc/{apt,hostname,resolv.conf,machine-id} "$root"/var/{lib/apt,cache} \
    "$root"/etc/ssl/private/ssl-cert-snakeoil.key "$root"/etc/ssl/certs/ssl-cert-snakeoil.pem
  find "$root/var/lib/dpkg" "$root/etc" -name '*-old' -delete -o -name '*-' -type f -delete
  mkdir -p "$root/var/cache"
  find "$root" -xdev -type f -perm /6000 -exec chmod a-s {} +
  settle_times "$root"
}
