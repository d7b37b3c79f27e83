package io.generalbots.operator.cluster.livekit;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.Optional;

/**
 * A LiveKit that exists already: nothing runs, and clients are told its address and key.
 *
 * @param situation the cluster
 * @param service where it is
 */
record External(Situation situation, ExternalService service) {

  static Optional<ExternalService> of(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().livekit().external());
  }

  Plan plan() {
    var address = Address.of(service.address());
    return pair()
        .<Plan>map(p -> Plan.apply(new Wish.Managed(Published.external(situation, address, p))))
        .orElseGet(() -> new Plan.Hold(missing()));
  }

  Health health() {
    return pair().isPresent()
        ? Health.ready("served by " + service.address())
        : Health.waiting(Reasons.SECRET_MISSING, missing());
  }

  private Optional<KeyPair> pair() {
    return Optional.ofNullable(service.secretName())
        .flatMap(name -> situation.facts().surroundings().secret(name))
        .map(
            s ->
                new KeyPair(
                    s.getMetadata().getName(),
                    Secrets.text(s, "api_key"),
                    Secrets.text(s, "api_secret")))
        .filter(KeyPair::isWhole);
  }

  private String missing() {
    return "spec.livekit.external.secretName has to name a Secret with the keys api_key and"
        + " api_secret";
  }
}
