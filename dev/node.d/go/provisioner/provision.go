package provisioner

import (
	"context"
	"fmt"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v11/controller"
)

// Name is what a StorageClass names to get volumes from here.
const Name = "generalbots.io/loop"

// Provisioner makes and deletes volumes of a Store on the one node of the cluster.
type Provisioner struct {
	Store *Store
	Node  string
}

var _ controller.Provisioner = (*Provisioner)(nil)

// served are the ways of mounting a volume. All nodes there are can mount it: this one.
var served = map[core.PersistentVolumeAccessMode]bool{core.ReadWriteOnce: true, core.ReadWriteOncePod: true, core.ReadWriteMany: true}

// Provision makes the volume and describes it. A request that cannot be served is refused at once with the reason.
func (p *Provisioner) Provision(ctx context.Context, options controller.ProvisionOptions) (*core.PersistentVolume, controller.ProvisioningState, error) {
	claim := options.PVC
	if claim.Spec.Selector != nil {
		return nil, controller.ProvisioningFinished, fmt.Errorf("claim selector is not supported: remove spec.selector")
	}
	for _, mode := range claim.Spec.AccessModes {
		if !served[mode] {
			return nil, controller.ProvisioningFinished, fmt.Errorf("access mode %s is not supported: use ReadWriteOnce, ReadWriteOncePod or ReadWriteMany", mode)
		}
	}
	requested := claim.Spec.Resources.Requests[core.ResourceStorage]
	if err := p.Store.Create(ctx, options.PVName, requested.Value()); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	return p.describe(options, Size(requested.Value())), controller.ProvisioningFinished, nil
}

// describe is a `local` volume and not a `hostPath` one: the kubelet applies fsGroup only to the former.
func (p *Provisioner) describe(options controller.ProvisionOptions, bytes int64) *core.PersistentVolume {
	mode := core.PersistentVolumeFilesystem
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: options.PVName},
		Spec: core.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			AccessModes:                   options.PVC.Spec.AccessModes,
			VolumeMode:                    &mode,
			Capacity:                      core.ResourceList{core.ResourceStorage: *resource.NewQuantity(bytes, resource.BinarySI)},
			PersistentVolumeSource:        core.PersistentVolumeSource{Local: &core.LocalVolumeSource{Path: p.Store.Path(options.PVName)}},
			NodeAffinity: &core.VolumeNodeAffinity{Required: &core.NodeSelector{NodeSelectorTerms: []core.NodeSelectorTerm{{
				MatchExpressions: []core.NodeSelectorRequirement{{
					Key: core.LabelHostname, Operator: core.NodeSelectorOpIn, Values: []string{p.Node},
				}},
			}}}},
		},
	}
}

// Delete removes what Provision made.
func (p *Provisioner) Delete(ctx context.Context, volume *core.PersistentVolume) error {
	return p.Store.Delete(ctx, volume.Name)
}
