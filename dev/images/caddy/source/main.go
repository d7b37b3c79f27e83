// Caddy as it is, with seven directives more: lease, door, collections, measure, limit, health and models; a policy and
// a transport: circuit; and a source of upstreams: servers.
package main

import (
	_ "time/tzdata"

	caddycmd "github.com/caddyserver/caddy/v2/cmd"
	_ "github.com/caddyserver/caddy/v2/modules/standard"
)

func main() {
	caddycmd.Main()
}
