package io.generalbots.operator.cluster.encryption;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Secret with the keys by which a cluster's data is encrypted: where it is, and whether it
 * still is.
 *
 * @param cluster whose keys
 * @param facts what exists
 */
public record EncryptionKeys(BotCluster cluster, Facts facts) {

  /** The key that encrypts the keys of objects. */
  public static final String DRIVE = "drive-key";

  /** The key of database columns. */
  public static final String DATA = "data-key";

  /** The key of database columns before the present one, while both are in use. */
  public static final String FORMER_DATA = "data-key-former";

  /** The key that applications encrypt with by themselves. */
  public static final String MASTER = "master-key";

  /** Those that are made. */
  static final List<String> MADE = List.of(DATA, DRIVE, MASTER);

  /** The stores whose data may be unreadable without them. */
  private static final Set<String> ENCRYPTING = Set.of("postgres", "seaweedfs-volume");

  /** The name of the Secret. */
  public static String secretName(String cluster) {
    return part(cluster).name();
  }

  static Part part(String cluster) {
    return new Part(cluster, Encryption.NAME);
  }

  /** Whether data may be there that was encrypted with keys that are gone. */
  public boolean areLost() {
    return secret().isEmpty()
        && facts.all(PersistentVolumeClaim.class).stream()
            .anyMatch(c -> ENCRYPTING.contains(Objects.labels(c).get(Labels.COMPONENT)));
  }

  /** The keys that the Secret should have and has not. */
  List<String> missing() {
    return MADE.stream()
        .filter(key -> secret().filter(s -> !Secrets.text(s, key).isBlank()).isEmpty())
        .toList();
  }

  Optional<Secret> secret() {
    return facts.find(Secret.class, secretName(cluster.getMetadata().getName()));
  }
}
