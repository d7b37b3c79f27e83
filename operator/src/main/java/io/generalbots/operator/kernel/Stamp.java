package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mark on every object of one owner.
 *
 * @param namespace where the objects live
 * @param owner the reference that lets Kubernetes collect them
 * @param labels what says they are ours
 * @param componentLabel the label key that names the component
 */
public record Stamp(
    String namespace, OwnerReference owner, Map<String, String> labels, String componentLabel) {

  public Stamp {
    labels = Map.copyOf(labels);
  }

  /** The stamp of this owner. */
  public static Stamp of(HasMetadata owner, Map<String, String> labels, String componentLabel) {
    var reference =
        new OwnerReferenceBuilder()
            .withApiVersion(owner.getApiVersion())
            .withKind(owner.getKind())
            .withName(owner.getMetadata().getName())
            .withUid(owner.getMetadata().getUid())
            .withController(true)
            .withBlockOwnerDeletion(false)
            .build();
    return new Stamp(owner.getMetadata().getNamespace(), reference, labels, componentLabel);
  }

  /** Marks an object as ours; a retained one gets no owner reference, so that it stays. */
  public <T extends HasMetadata> T put(T object, String component, boolean retained) {
    var meta = object.getMetadata();
    var all = new HashMap<>(Objects.labels(object));
    all.putAll(labels);
    all.put(componentLabel, component);
    meta.setLabels(all);
    meta.setNamespace(namespace);
    meta.setOwnerReferences(retained ? List.of() : List.of(owner));
    return object;
  }

  /**
   * Whether an object of the wanted name is one of ours, rather than somebody else's. Its
   * controller says so; of an object without one, the labels do.
   */
  public boolean owns(HasMetadata live) {
    return live.getMetadata().getOwnerReferences().stream()
        .filter(r -> Boolean.TRUE.equals(r.getController()))
        .findFirst()
        .map(this::isOwner)
        .orElseGet(() -> Objects.labels(live).entrySet().containsAll(labels.entrySet()));
  }

  /** Whether Kubernetes would collect this object with its owner. */
  public boolean isOwned(HasMetadata live) {
    return live.getMetadata().getOwnerReferences().stream().anyMatch(this::isOwner);
  }

  private boolean isOwner(OwnerReference reference) {
    return owner.getUid().equals(reference.getUid());
  }
}
