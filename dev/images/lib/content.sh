# shellcheck shell=bash
# A digest of everything that decides what a recipe yields.
# shellcheck source=recipe.sh
. "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"
# shellcheck source=programs.sh
. "$(dirname "${BASH_SOURCE[0]}")/programs.sh"

content_hash() {
  local memo=$work_dir/hash-$1
  [ -f "$memo" ] || hash_recipe "$1" >"$memo"
  cat "$memo"
}

hash_recipe() (
  load_recipe "$1"
  {
    [ -n "$recipe_parent" ] && content_hash "$recipe_parent"
    dpkg --print-architecture
    printf '%s\n' "$recipe_tag" "${recipe_inputs[@]}"
    digest_of "$images_dir"/lib/{common.sh,recipe.sh,debian.sh,rootfs.sh,fill,oci.py} "$images_dir/$1"
    digest_of "${recipe_inputs[@]/#/$repo_dir/}"
    digest_of_programs "$1"
  } | sha256sum | cut -c1-12
)

# Names, modes, link targets and content below some paths, but not the checks, which only look at the result; of an
# input what stands before its =.
digest_of() {
  local path aside=('(' -name __pycache__ -o -name check -o -name companions ')' -prune)
  for path in "${@%%=*}"; do
    [ -e "$path" ] || fail "${path#"$repo_dir/"} is missing: build it first"
    find "$path" "${aside[@]}" -o -printf '%P %m %l\n' | LC_ALL=C sort
    find "$path" "${aside[@]}" -o -type f -print0 | LC_ALL=C sort -z | xargs -0r cat | sha256sum
  done
}

# Of how programs are fetched, where some are, and of those that the user gives.
digest_of_programs() {
  local variable
  [ -f "$images_dir/$1/programs" ] || return 0
  digest_of "$images_dir/lib/programs.sh"
  for variable in $(given_variables "$1"); do sha256sum <"${!variable}"; done
}

# Every image whose inputs are there; says which are not.
buildable_images() {
  local name
  for name in $(recipe_names); do
    load_recipe "$name"
    [ -n "$recipe_tag" ] || continue
    if inputs_present "$name"; then printf '%s\n' "$name"; else say "$name: left out, its inputs are not built yet"; fi
  done
}

inputs_present() (
  for part in $(lineage "$1"); do
    load_recipe "$part"
    for pair in "${recipe_inputs[@]}"; do [ -e "$repo_dir/${pair%%=*}" ] || exit 1; done
    for variable in $(given_variables "$part"); do [ -f "${!variable:-}" ] || exit 1; done
  done
)
