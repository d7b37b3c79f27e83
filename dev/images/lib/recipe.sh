# shellcheck shell=bash
# The words a recipe is written in. Each sets one property of the image; load_recipe reads a recipe whole.
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

load_recipe() {
  local file=$images_dir/$1/recipe
  [ -f "$file" ] || fail "no recipe named '$1' (there are: $(recipe_names | xargs))"
  recipe_name=$1
  recipe_title='' recipe_about='' recipe_tag='' recipe_parent='' recipe_licences='' recipe_official=''
  recipe_user='' recipe_home='' recipe_version_of=''
  recipe_packages=() recipe_exclude=() recipe_drop=() recipe_environment=() recipe_entrypoint=() recipe_inputs=()
  # shellcheck source=/dev/null
  . "$file"
  check_recipe
}

check_recipe() {
  [[ -n $recipe_title && -n $recipe_licences ]] || fail "$recipe_name: a recipe needs a title and its licences"
  [[ -z $recipe_tag || -n $recipe_user || -n $recipe_official ]] || fail "$recipe_name: an image needs a user to run as"
  [[ -z $recipe_official || $recipe_official == *.*/* || $recipe_official == *:*/* ]] ||
    fail "$recipe_name: official needs the registry's name in front: docker.io/…"
  [[ -z $recipe_version_of || " ${recipe_packages[*]} " == *" $recipe_version_of "* ]] ||
    fail "$recipe_name: version_of names $recipe_version_of, which is not among its packages"
}

recipe_names() { find "$images_dir" -mindepth 2 -maxdepth 2 -name recipe -printf '%h\n' | xargs -n1 basename | sort; }

title() { recipe_title=$1; }
about() { recipe_about=$1; }
# Without a tag a recipe is a layer for others to stand on, not an image.
tag() { recipe_tag=$1; }
from() { recipe_parent=$1; }
licences() { recipe_licences=$1; }
# An image of a public registry that can stand in for this one.
official() { recipe_official=$1; }
user() {
  recipe_user=$1
  recipe_home=$2
}
packages() { recipe_packages+=("$@"); }
# Paths the packages bring and the image does not want (dpkg patterns).
exclude() { recipe_exclude+=("$@"); }
# Packages needed only while installing.
drop() { recipe_drop+=("$@"); }
# The package whose version is the image's; the tag has to be the beginning of it.
version_of() { recipe_version_of=$1; }
environment() { recipe_environment+=("$@"); }
entrypoint() { recipe_entrypoint=("$@"); }
# The version the Maven project gives itself.
project_version() { sed -n '/<parent>/,/<\/parent>/d; s/^ *<version>\(.*\)<\/version>.*/\1/p' "$repo_dir/pom.xml" | head -n 1; }
# A file or folder of the repository, and where it goes in the image.
input() { recipe_inputs+=("$1=$2"); }

# The recipe as oci.py reads it, completed by what only a built root knows: its version.
recipe_json() {
  local version=$1 revision=$2 environment
  mapfile -t environment < <(inherited_environment)
  jq -n --arg reference "generalbots/$recipe_name:$recipe_tag" --arg user "$app_id:$app_id" --arg home "$recipe_home" \
    --arg title "$recipe_title" --arg about "$recipe_about" --arg licences "$recipe_licences" \
    --arg version "${version:-$recipe_tag}" --arg revision "$revision" \
    --argjson environment "$(json_array "${environment[@]}")" \
    --argjson entrypoint "$(json_array "${recipe_entrypoint[@]}")" '
    {$reference, $user, $home, $environment, $entrypoint, labels: {
      "org.opencontainers.image.title": $title, "org.opencontainers.image.description": $about,
      "org.opencontainers.image.version": $version, "org.opencontainers.image.licenses": $licences,
      "org.opencontainers.image.revision": $revision, "org.opencontainers.image.vendor": "generalbots"}}'
}

# The variables of the recipe and of all it stands on; the highest has the word.
inherited_environment() (
  for part in $(lineage "$recipe_name"); do
    load_recipe "$part"
    [ ${#recipe_environment[@]} -eq 0 ] || printf '%s\n' "${recipe_environment[@]}"
  done | tac | awk -F= '!seen[$1]++' | LC_ALL=C sort
)

# The names of a recipe and of all it stands on, the lowest first.
lineage() (
  load_recipe "$1"
  [ -z "$recipe_parent" ] || lineage "$recipe_parent"
  printf '%s\n' "$1"
)

json_array() { printf '%s\n' "$@" | jq -nRc '[inputs | select(. != "")]'; }
