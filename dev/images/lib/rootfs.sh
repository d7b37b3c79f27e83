# shellcheck shell=bash
# Makes the root of one image out of its parent's. Everything here runs in a mount namespace of its own
# (see build), so that an interruption leaves no mount behind.
# shellcheck source=recipe.sh
. "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"
# shellcheck source=debian.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

root_bootstrap() {
  local root=$1 option options=()
  root_excludes >"$work_dir/excludes"
  while read -r option; do options+=(--dpkgopt="$option"); done <"$work_dir/excludes"
  debian_sources | mmdebstrap --quiet --mode=root --variant=essential --format=directory "${options[@]}" \
    "$suite" "$root" - 2>&1 | tee "$work_dir/bootstrap.log" >&2
}

root_from_parent() {
  local parent=$1 root=$2
  cp -a "$parent" "$root"
  root_user "$root"
  [ ! -d "$images_dir/$recipe_name/files" ] || cp -rT --preserve=mode "$images_dir/$recipe_name/files" "$root"
  root_install "$root"
  root_inputs "$root"
  root_finish "$root"
}

# A fixed uid, made before the packages would take the next free one.
root_user() {
  local root=$1
  [ -n "$recipe_user" ] || return 0
  printf '%s:x:%d:\n' "$recipe_user" "$app_id" >>"$root/etc/group"
  printf '%s:x:%d:%d::%s:/bin/bash\n' "$recipe_user" "$app_id" "$app_id" "$recipe_home" >>"$root/etc/passwd"
  install -d -o "$app_id" -g "$app_id" -m 0750 "$root$recipe_home"
}

root_excludes() {
  [ ${#recipe_exclude[@]} -eq 0 ] || printf 'path-exclude=%s\n' "${recipe_exclude[@]}"
  # Licences travel with the files they cover.
  printf 'path-include=/usr/share/doc/*/copyright\n'
}

root_install() {
  local root=$1
  [ ${#recipe_packages[@]} -gt 0 ] || return 0
  debian_update "$root"
  root_excludes >"$root/etc/dpkg/dpkg.cfg.d/$recipe_name"
  root_mounts "$root"
  say "$recipe_name: installing ${#recipe_packages[@]} packages and what they need"
  root_apt "$root" install "${recipe_packages[@]}"
  root_check_version "$root"
  [ ${#recipe_drop[@]} -eq 0 ] || chroot "$root" dpkg --purge --force-depends "${recipe_drop[@]}" >>"$work_dir/install.log" 2>&1 ||
    root_failed "cannot drop ${recipe_drop[*]}"
  root_unmount "$root"
}

root_mounts() {
  local root=$1
  mkdir -p "$root/var/cache/apt/archives" "$cache_dir/debs" "$work_dir/log"
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --bind "$cache_dir/debs" "$root/var/cache/apt/archives"
  # No package may start its server here.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
}

root_unmount() {
  local root=$1
  umount -l "$root/var/cache/apt/archives" "$root/dev" "$root/proc"
  rm "$root/usr/sbin/policy-rc.d"
}

root_apt() {
  local root=$1
  shift
  APT_CONFIG=$(debian_apt_config "$root") DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true LC_ALL=C.UTF-8 \
    apt-get -y "$@" </dev/null >"$work_dir/install.log" 2>&1 || root_failed "apt-get $1 failed"
}

root_failed() {
  tail -n 15 "$work_dir/install.log" >&2
  fail "$recipe_name: $1 (its last lines are above)"
}

# A tag that promises another version than the one inside would mislead every user of the image.
root_check_version() {
  local root=$1
  [ -n "$recipe_version_of" ] || return 0
  root_version "$root" >"$work_dir/version"
  [[ $(<"$work_dir/version") == "$recipe_tag"* ]] ||
    fail "$recipe_name: tag is $recipe_tag, but $recipe_version_of is $(<"$work_dir/version"): change the tag in its recipe and in the operator"
}

root_version() { chroot "$1" dpkg-query -W -f "\${source:Upstream-Version}" "$recipe_version_of"; }

root_inputs() {
  local root=$1 pair target
  for pair in "${recipe_inputs[@]}"; do
    target=$root${pair#*=}
    mkdir -p "$(dirname "$target")"
    cp -rT "$repo_dir/${pair%%=*}" "$target"
    chown -R 0:0 "$target"
    chmod -R u=rwX,go=rX "$target"
  done
}

# The recipe's own last step, run inside.
root_finish() {
  local root=$1 script=$images_dir/$recipe_name/finish
  [ -f "$script" ] || return 0
  root_times "$root"
  install -m 0755 "$script" "$root/tmp/finish"
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  chroot "$root" /tmp/finish >"$work_dir/install.log" 2>&1 || root_failed "its finish step failed"
  umount -l "$root/dev" "$root/proc"
  rm "$root/tmp/finish"
}

# What installing leaves behind and running does not need: caches, logs, this machine's names, setuid bits.
root_clean() {
  local root=$1
  find "$root/dev" "$root/proc" "$root/sys" "$root/run" "$root/tmp" "$root/var/tmp" "$root/var/log" -mindepth 1 -delete
  rm -rf "$root/etc/apt" "$root/var/lib/apt" "$root/var/cache" "$root/etc/hostname" "$root/etc/resolv.conf" \
    "$root/etc/machine-id" "$root/etc/ssl/private/ssl-cert-snakeoil.key" "$root/etc/ssl/certs/ssl-cert-snakeoil.pem"
  find "$root/var/lib/dpkg" "$root/etc" -name '*-old' -delete -o -name '*-' -type f -delete
  mkdir -p "$root/var/cache"
  find "$root" -xdev -type f -perm /6000 -exec chmod a-s {} +
  root_times "$root"
}

# What this build wrote gets the fixed time. Files of packages keep theirs: it is the same everywhere, and
# Python's compiled files name it.
root_times() {
  find "$1" -xdev -newer "$work_dir/started" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}
