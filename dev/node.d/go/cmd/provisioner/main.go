// Command provisioner makes, grows and deletes the node's volumes.
package main

import (
	"context"
	"flag"
	"os/signal"
	"syscall"
	"time"

	"generalbots.io/node/provisioner"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v11/controller"
)

const (
	// callsPerSecond and callsAtOnce keep the client from throttling a test that makes hundreds of claims.
	callsPerSecond = 100
	callsAtOnce    = 200
	firstRetry     = time.Second
	lastRetry      = 30 * time.Second
)

func main() {
	klog.InitFlags(nil)
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	node := flag.String("node", "", "name of the node that the volumes are on")
	images := flag.String("images", "", "folder of the volume images")
	mounts := flag.String("mounts", "", "folder that the volumes are mounted in")
	mountOnly := flag.Bool("mount-only", false, "mount the volumes that exist, then end")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	store := &provisioner.Store{Images: *images, Mounts: *mounts}
	if err := store.MountAll(ctx); err != nil {
		klog.Fatal(err)
	}
	if *mountOnly {
		return
	}
	if err := serve(ctx, *kubeconfig, *node, store); err != nil {
		klog.Fatal(err)
	}
}

func serve(ctx context.Context, kubeconfig, node string, store *provisioner.Store) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = callsPerSecond, callsAtOnce
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	resizer, err := provisioner.NewResizer(store, client, factory)
	if err != nil {
		return err
	}
	provisioning := controller.NewProvisionController(ctx, client, provisioner.Name,
		&provisioner.Provisioner{Store: store, Node: node},
		controller.LeaderElection(false),
		controller.MetricsPort(0),
		controller.FailedProvisionThreshold(0),
		controller.FailedDeleteThreshold(0),
		controller.RateLimiter(workqueue.NewItemExponentialFailureRateLimiter(firstRetry, lastRetry)),
	)
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	go provisioning.Run(ctx)
	resizer.Run(ctx)
	return nil
}
