package provisioner

import (
	"context"
	"fmt"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typed "k8s.io/client-go/kubernetes/typed/core/v1"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
)

const (
	provisionedBy = "pv.kubernetes.io/provisioned-by"
	firstRetry    = time.Second
	lastRetry     = time.Minute
)

// Resizer grows live volumes when their claims ask for more, as a storage driver's resizer does.
type Resizer struct {
	store   *Store
	client  kubernetes.Interface
	claims  listers.PersistentVolumeClaimLister
	volumes listers.PersistentVolumeLister
	events  record.EventRecorder
	queue   workqueue.TypedRateLimitingInterface[cache.ObjectName]
}

// NewResizer registers with the factory, which the caller starts before Run.
func NewResizer(store *Store, client kubernetes.Interface, factory informers.SharedInformerFactory) (*Resizer, error) {
	broadcaster := record.NewBroadcaster()
	broadcaster.StartRecordingToSink(&typed.EventSinkImpl{Interface: client.CoreV1().Events(meta.NamespaceAll)})
	resizer := &Resizer{
		store:   store,
		client:  client,
		claims:  factory.Core().V1().PersistentVolumeClaims().Lister(),
		volumes: factory.Core().V1().PersistentVolumes().Lister(),
		events:  broadcaster.NewRecorder(scheme.Scheme, core.EventSource{Component: Name + "-resizer"}),
		queue: workqueue.NewTypedRateLimitingQueue(
			workqueue.NewTypedItemExponentialFailureRateLimiter[cache.ObjectName](firstRetry, lastRetry)),
	}
	_, err := factory.Core().V1().PersistentVolumeClaims().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    resizer.enqueue,
		UpdateFunc: func(_, claim any) { resizer.enqueue(claim) },
	})
	return resizer, err
}

func (r *Resizer) enqueue(object any) {
	if claim := object.(*core.PersistentVolumeClaim); wantsMore(claim) {
		r.queue.Add(cache.MetaObjectToName(claim))
	}
}

func wantsMore(claim *core.PersistentVolumeClaim) bool {
	requested := claim.Spec.Resources.Requests[core.ResourceStorage]
	capacity := claim.Status.Capacity[core.ResourceStorage]
	return claim.Status.Phase == core.ClaimBound && requested.Cmp(capacity) > 0
}

// Run works until the context ends.
func (r *Resizer) Run(ctx context.Context) {
	go func() {
		<-ctx.Done()
		r.queue.ShutDown()
	}()
	for {
		key, stopped := r.queue.Get()
		if stopped {
			return
		}
		if err := r.resize(ctx, key); err != nil {
			klog.ErrorS(err, "Cannot grow the volume", "claim", key)
			r.queue.AddRateLimited(key)
		} else {
			r.queue.Forget(key)
		}
		r.queue.Done(key)
	}
}

func (r *Resizer) resize(ctx context.Context, key cache.ObjectName) error {
	claim, err := r.claims.PersistentVolumeClaims(key.Namespace).Get(key.Name)
	if errors.IsNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	volume, err := r.volumes.Get(claim.Spec.VolumeName)
	if err != nil {
		return err
	}
	if !wantsMore(claim) || volume.Annotations[provisionedBy] != Name {
		return nil
	}
	requested := claim.Spec.Resources.Requests[core.ResourceStorage]
	size := resource.NewQuantity(Size(requested.Value()), resource.BinarySI)
	r.events.Eventf(claim, core.EventTypeNormal, "Resizing", "Growing volume %s to %s", volume.Name, size)
	if err := r.store.Grow(ctx, volume.Name, requested.Value()); err != nil {
		r.events.Event(claim, core.EventTypeWarning, "VolumeResizeFailed", err.Error())
		return err
	}
	if err := r.publish(ctx, claim, volume, *size); err != nil {
		return err
	}
	r.events.Eventf(claim, core.EventTypeNormal, "FileSystemResizeSuccessful", "Volume %s has %s", volume.Name, size)
	return nil
}

// publish tells the volume first, as the claim must never promise more than its volume.
func (r *Resizer) publish(ctx context.Context, claim *core.PersistentVolumeClaim, volume *core.PersistentVolume, size resource.Quantity) error {
	volume = volume.DeepCopy()
	volume.Spec.Capacity[core.ResourceStorage] = size
	if _, err := r.client.CoreV1().PersistentVolumes().Update(ctx, volume, meta.UpdateOptions{}); err != nil {
		return fmt.Errorf("volume %s: %w", volume.Name, err)
	}
	claim = claim.DeepCopy()
	claim.Status.Capacity[core.ResourceStorage] = size
	claim.Status.Conditions = nil
	if _, err := r.client.CoreV1().PersistentVolumeClaims(claim.Namespace).UpdateStatus(ctx, claim, meta.UpdateOptions{}); err != nil {
		return fmt.Errorf("status of the claim: %w", err)
	}
	return nil
}
