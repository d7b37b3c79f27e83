package io.generalbots.operator.residents;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Policies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Tenants that live on a BotCluster, as their registrations tell. */
public final class Residents {

  private Residents() {}

  /** Ordered by name, so that what is made of them is the same in every round. */
  public static List<Registration> of(Facts facts) {
    return read(facts).all();
  }

  /**
   * The pods that carry what Tenants have out of their databases or into them: no pooler will do
   * for these, which lends a session for a transaction only. One peer for all; empty without
   * Tenants.
   */
  public static Optional<NetworkPolicyPeer> carriers(Facts facts) {
    return Optional.of(namespaces(facts).toList())
        .filter(names -> !names.isEmpty())
        .map(names -> Policies.pods(names, Labels.COMPONENT, Carriers.COMPONENTS));
  }

  /** How many of them every store lets in, as their own loops said last. */
  public static int ready(Facts facts) {
    return read(facts).ready();
  }

  /**
   * All pods of the namespaces they are in: they may connect to what their logins are for. Who is
   * in a Cell has none here.
   */
  public static List<NetworkPolicyPeer> pods(Facts facts) {
    return namespaces(facts).map(namespace -> Policies.pods(namespace, Map.of())).toList();
  }

  private static Stream<String> namespaces(Facts facts) {
    return of(facts).stream()
        .filter(resident -> !resident.cell())
        .map(Registration::namespace)
        .distinct()
        .sorted();
  }

  /** Once a round: many components ask, and there may be a thousand of them. */
  private static Read read(Facts facts) {
    return facts.findings().of(Read.class, () -> Read.of(facts));
  }

  /** All that are registered, and how many of them are ready. */
  private record Read(List<Registration> all, int ready) {

    static Read of(Facts facts) {
      var all = new ArrayList<Registration>();
      var ready = 0;
      for (var secret : facts.all(Secret.class, Map.of(Labels.COMPONENT, Registration.COMPONENT))) {
        var registration = Registration.of(secret);
        if (secret.getMetadata().getDeletionTimestamp() == null && registration.isPresent()) {
          all.add(registration.get());
          ready += Registration.isReady(secret) ? 1 : 0;
        }
      }
      all.sort(Comparator.comparing(Registration::tenant));
      return new Read(List.copyOf(all), ready);
    }
  }
}
