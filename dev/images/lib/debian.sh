# shellcheck shell=bash
# Where Debian's packages come from: the mirror that this machine's own apt uses.
# shellcheck source=recipe.sh
. "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"

debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The address apt has for a label of Debian's ("Debian", "Debian-Security"), as of its last update.
debian_uri() {
  local label=$1 found
  found=$(apt-get indextargets --format "\$(LABEL) \$(REPO_URI)" 'Created-By: Packages' 2>/dev/null |
    awk -v label="$label" '$1 == label { print $2; exit }')
  [ -n "$found" ] ||
    fail "apt knows no mirror for $label: name one in /etc/apt/sources.list.d and run apt-get update"
  printf '%s\n' "$found"
}

debian_sources() {
  local main security
  main=$(debian_uri Debian)
  security=$(debian_uri Debian-Security)
  printf 'deb [signed-by=%s] %s %s main\n' \
    "$debian_keyring" "$main" "$suite" \
    "$debian_keyring" "$main" "$suite-updates" \
    "$debian_keyring" "$security" "$suite-security"
}

need_debian_keyring() {
  need gpg=gpg
  [ -f "$debian_keyring" ] || need "no-keyring=debian-archive-keyring"
  gpg --homedir "$(mktemp -d -p "$work_dir")" --show-keys "$debian_keyring" 2>/dev/null | grep -q "/$suite)" ||
    fail "$debian_keyring does not know $suite: apt-get install debian-archive-keyring (2023.3+deb12u2 or newer)"
}

# The package lists of the suite, fetched at most once an hour.
debian_update() {
  local lists=$cache_dir/apt/lists
  mkdir -p "$lists/partial" "$cache_dir/debs/partial"
  debian_sources >"$cache_dir/apt/sources.list"
  [ -n "$(find "$lists/.fetched" -mmin -60 2>/dev/null)" ] && return
  say "fetching the package lists of $suite"
  APT_CONFIG=$(debian_apt_config "$1") apt-get -qq update || fail "cannot fetch the package lists of $suite from $(debian_uri Debian)"
  touch "$lists/.fetched"
}

# The host's apt works on the image's root from outside, so that the image needs no apt of its own.
debian_apt_config() {
  local root=$1 config=$work_dir/apt.conf
  cat >"$config" <<CONF
Dir "$root";
Dir::Etc::sourcelist "$cache_dir/apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::trusted "$debian_keyring";
Dir::State::Lists "$cache_dir/apt/lists";
Dir::Log "$work_dir/log";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Architecture "$(dpkg --print-architecture)";
APT::Architectures { "$(dpkg --print-architecture)"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
APT::Keep-Downloaded-Packages "true";
DPkg::Chroot-Directory "$root";
DPkg::Options { "--force-confold"; "--force-unsafe-io"; };
CONF
  printf '%s\n' "$config"
}

# What dpkg shall leave out, as the recipe says; licences travel with the files they cover.
dpkg_excludes() {
  [ ${#recipe_exclude[@]} -eq 0 ] || printf 'path-exclude=%s\n' "${recipe_exclude[@]}"
  printf 'path-include=/usr/share/doc/*/copyright\n'
}
