package io.generalbots.operator.residents;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.Optional;

/** The Cells of Tenants: BotClusters that are made for one Tenant each, in its own namespace. */
public final class Cells {

  /** With it, every object of a Cell still has a name and a label that Kubernetes takes. */
  public static final int LONGEST_TENANT = 30;

  private static final String SUFFIX = "-cell";

  private static final String OWNER = "Tenant";

  private Cells() {}

  /** What the Cell of a Tenant is called: nothing but the Tenant's name says so. */
  public static String name(String tenant) {
    return tenant + SUFFIX;
  }

  /** Whose Cell a BotCluster of this name would be; empty if it can be nobody's. */
  public static Optional<String> tenant(String cluster) {
    return Optional.of(cluster)
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .filter(name -> !name.isEmpty());
  }

  /** Whether a BotCluster was made for a Tenant, as either of its marks says. */
  public static boolean isOne(HasMetadata cluster) {
    return Objects.labels(cluster).containsKey(Labels.TENANT)
        || cluster.getMetadata().getOwnerReferences().stream()
            .anyMatch(r -> OWNER.equals(r.getKind()));
  }
}
