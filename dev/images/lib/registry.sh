# shellcheck shell=bash
# Takes an official image instead of building one, where its registry can be reached.
# shellcheck source=recipe.sh
. "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"

# Fails, without a word, where there is none to take.
pull_official() {
  local archive=$1 scheme
  [ -n "$recipe_official" ] || return 1
  scheme=$(registry_scheme "${recipe_official%%/*}") || return 1
  need skopeo=skopeo
  say "$recipe_name: pulling $recipe_official"
  skopeo copy --quiet --src-tls-verify="$([ "$scheme" = https ] && echo true || echo false)" \
    "docker://$recipe_official" "docker-archive:$archive:docker.io/generalbots/$recipe_name:$recipe_tag" ||
    fail "$recipe_name: cannot pull $recipe_official, although its registry answers"
}

# How a registry is reached, asked within two seconds; plain http only on this machine itself.
registry_scheme() {
  local host=$1 scheme schemes=(https)
  [ "$host" != docker.io ] || host=registry-1.docker.io
  [[ $host != localhost:* && $host != 127.0.0.1:* ]] || schemes=(http)
  for scheme in "${schemes[@]}"; do
    curl -s -o /dev/null -m 2 "$scheme://$host/v2/" && printf '%s\n' "$scheme" && return 0
  done
  return 1
}
