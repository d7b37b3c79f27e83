# shellcheck shell=bash
# Takes an official image instead of building one, where its registry can be reached.
# shellcheck source=recipe.sh
. "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"

# Fails, without a word, where there is none to take and the recipe can be built.
pull_official() {
  local archive=$1 layout=$work_dir/pulled scheme
  [ -n "$recipe_official" ] || return 1
  scheme=$(registry_scheme "${recipe_official%%/*}") || { can_build && return 1; }
  need skopeo=skopeo
  say "$recipe_name: pulling $recipe_official"
  rm -rf "$layout"
  skopeo copy --quiet --src-tls-verify="$([ "$scheme" = https ] && echo true || echo false)" \
    "docker://$recipe_official" "oci:$layout" >&2 ||
    fail "$recipe_name: cannot pull $recipe_official, although its registry answers"
  python3 "$images_dir/lib/oci.py" pulled "$layout" "$archive" "generalbots/$recipe_name:$recipe_tag"
}

can_build() {
  [ -n "$recipe_parent" ] ||
    fail "$recipe_name: ${recipe_official%%/*} does not answer within two seconds, and the recipe has nothing to build from"
}

# How a registry is reached, asked within two seconds; plain http only on this machine itself.
registry_scheme() {
  local host=$1 scheme schemes=(https)
  [[ $host != localhost:* && $host != 127.0.0.1:* ]] || schemes=(http)
  for scheme in "${schemes[@]}"; do
    curl -s -o /dev/null -m 2 "$scheme://$host/v2/" && printf '%s\n' "$scheme" && return 0
  done
  return 1
}
