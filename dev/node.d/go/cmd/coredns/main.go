// Command coredns is CoreDNS with the plugins this node needs and none of the cloud providers, which cost minutes to build.
// It forwards nothing: the node has no way out of its network namespace.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/loadbalance"
	_ "github.com/coredns/coredns/plugin/log"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"
)

func main() {
	// The order is the order in which a query passes through the plugins.
	dnsserver.Directives = []string{"reload", "ready", "health", "errors", "log", "loadbalance", "kubernetes"}
	coremain.Run()
}
