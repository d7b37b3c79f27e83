package io.generalbots.operator.cluster.encryption;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The condition that says, store by store, what encrypts the data on its volumes: the StorageClass
 * of each claim, or the store itself. A wish in the spec encrypts no volume.
 */
public final class EncryptedAtRest {

  /** The type of the condition. */
  public static final String TYPE = "EncryptedAtRest";

  private final BotCluster cluster;
  private final Facts facts;
  private final List<StorageClass> classes;

  private EncryptedAtRest(BotCluster cluster, Facts facts, List<StorageClass> classes) {
    this.cluster = cluster;
    this.facts = facts;
    this.classes = classes;
  }

  /** What is to be said of all volumes that exist. */
  public static Condition condition(BotCluster cluster, Facts facts) {
    return facts
        .surroundings()
        .storageClasses()
        .map(classes -> new EncryptedAtRest(cluster, facts, classes).judge())
        .orElseGet(
            () ->
                Conditions.unknown(
                    TYPE,
                    "NotAllowed",
                    "the operator may not read StorageClasses: install it with"
                        + " storageClasses.read=true"));
  }

  private Condition judge() {
    var claims = facts.all(PersistentVolumeClaim.class);
    if (claims.isEmpty()) {
      return Conditions.of(TYPE, false, "NoVolumes", "no volume is claimed yet");
    }
    var plain = claims.stream().filter(c -> !isEncrypted(c)).toList();
    return plain.isEmpty()
        ? Conditions.of(TYPE, true, "StorageClass", "volumes of " + told(claims))
        : Conditions.of(
            TYPE, false, "NotEncrypted", "nothing encrypts the volumes of " + told(plain));
  }

  /** Each store with what its volumes are of, ordered by name. */
  private String told(List<PersistentVolumeClaim> claims) {
    var stores = new TreeMap<String, TreeSet<String>>();
    claims.forEach(c -> stores.computeIfAbsent(store(c), s -> new TreeSet<>()).add(told(c)));
    return stores.entrySet().stream()
        .map(e -> e.getKey() + " (" + String.join(", ", e.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  private String told(PersistentVolumeClaim claim) {
    var name = className(claim);
    var volume = encryption(claim);
    var word = volume.isPresent() ? "and" : "only";
    return volume
            .map(how -> "StorageClass %s: %s".formatted(name, how))
            .orElse(name.isEmpty() ? "no StorageClass" : "StorageClass " + name)
        + StoreEncryption.of(cluster, store(claim))
            .map(e -> "; %s %s".formatted(e.isAll() ? "and" : word, e.what()))
            .orElse("");
  }

  private boolean isEncrypted(PersistentVolumeClaim claim) {
    return encryption(claim).isPresent()
        || StoreEncryption.of(cluster, store(claim)).filter(StoreEncryption::isAll).isPresent();
  }

  private Optional<String> encryption(PersistentVolumeClaim claim) {
    return classes.stream()
        .filter(c -> className(claim).equals(c.getMetadata().getName()))
        .findFirst()
        .flatMap(VolumeEncryption::of);
  }

  private static String store(PersistentVolumeClaim claim) {
    return Objects.labels(claim).getOrDefault(Labels.COMPONENT, claim.getMetadata().getName());
  }

  private static String className(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getSpec().getStorageClassName()).orElse("");
  }
}
