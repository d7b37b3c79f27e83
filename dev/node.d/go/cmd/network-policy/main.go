// Command network-policy runs kube-router's firewall and nothing else of it: no BGP, no service proxy, no load balancer.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/cloudnativelabs/kube-router/v2/pkg/controllers/netpol"
	"github.com/cloudnativelabs/kube-router/v2/pkg/healthcheck"
	"github.com/cloudnativelabs/kube-router/v2/pkg/options"
	"github.com/spf13/pflag"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
)

// heartbeats is how many heartbeats may wait before the firewall blocks on reporting one.
const heartbeats = 10

func main() {
	klog.InitFlags(nil)
	config := options.NewKubeRouterConfig()
	config.AddFlags(pflag.CommandLine)
	pflag.Parse()
	if err := flag.CommandLine.Parse(nil); err != nil {
		klog.Fatal(err)
	}
	if err := run(config); err != nil {
		fmt.Fprintln(os.Stderr, "network-policy:", err)
		os.Exit(1)
	}
}

func run(config *options.KubeRouterConfig) error {
	rest, err := clientcmd.BuildConfigFromFlags(config.Master, config.Kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(rest)
	if err != nil {
		return err
	}
	health, err := healthcheck.NewHealthController(config)
	if err != nil {
		return err
	}
	stop := make(chan struct{})
	var running sync.WaitGroup
	running.Add(1)
	go health.RunServer(stop, &running)

	firewall, factory, err := newFirewall(client, config)
	if err != nil {
		return err
	}
	factory.Start(stop)
	for kind, synced := range factory.WaitForCacheSync(stop) {
		if !synced {
			return fmt.Errorf("the cache of %v did not fill", kind)
		}
	}
	health.SetAlive()
	beats := make(chan *healthcheck.ControllerHeartbeat, heartbeats)
	running.Add(2)
	go health.RunCheck(beats, stop, &running)
	go firewall.Run(beats, stop, &running)

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	<-signals
	close(stop)
	running.Wait()
	return nil
}

// newFirewall wires the controller to the three kinds it watches.
func newFirewall(client kubernetes.Interface, config *options.KubeRouterConfig) (*netpol.NetworkPolicyController, informers.SharedInformerFactory, error) {
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods().Informer()
	namespaces := factory.Core().V1().Namespaces().Informer()
	policies := factory.Networking().V1().NetworkPolicies().Informer()
	iptables, ipsets, err := netpol.NewIPTablesHandlers(config)
	if err != nil {
		return nil, nil, err
	}
	firewall, err := netpol.NewNetworkPolicyController(client, config, pods, policies, namespaces, &sync.Mutex{}, iptables, ipsets)
	if err != nil {
		return nil, nil, err
	}
	if _, err := pods.AddEventHandler(firewall.PodEventHandler); err != nil {
		return nil, nil, err
	}
	if _, err := namespaces.AddEventHandler(firewall.NamespaceEventHandler); err != nil {
		return nil, nil, err
	}
	if _, err := policies.AddEventHandler(firewall.NetworkPolicyEventHandler); err != nil {
		return nil, nil, err
	}
	return firewall, factory, nil
}
