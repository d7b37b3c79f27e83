# shellcheck shell=bash disable=SC2154 # what common.sh has
# The file of users as the server reads it. Read by server.sh and reload.sh, not run; it expects common.sh.

# The operator's users, and those of tenants, with keys and channels of their own: what they may do with them stands
# in rules that have a name.
all_users() {
  cat "$acl/users.acl"
  if [[ -r $acl/tenants ]]; then
    awk 'NR == FNR { name = $1; sub(/^[^ ]+ /, ""); rules[name] = $0; next }
      $4 in rules { printf "user %s on #%s ~%s* resetchannels &%s* -@all %s\n", $1, $2, $3, $3, rules[$4] }' \
      "$settings/tenant.rules" "$acl/tenants"
  fi
}

# Whole or not at all: the server may read it just now.
write_users() { all_users >"$users.new" && mv "$users.new" "$users"; }
