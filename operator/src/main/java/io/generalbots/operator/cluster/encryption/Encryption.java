package io.generalbots.operator.cluster.encryption;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.TreeMap;

/**
 * The keys by which data is encrypted: made once, before any store that encrypts with them, and
 * never anew while there may be data that only the former ones open.
 */
public final class Encryption implements Component<BotCluster> {

  /** The component's name, and how the name of its Secret ends. */
  public static final String NAME = "encryption";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (new EncryptionKeys(cluster, facts).areLost()) {
      return new Plan.Hold("the keys are lost");
    }
    var values = new TreeMap<String, String>();
    EncryptionKeys.MADE.forEach(key -> values.put(key, facts.entropy().key()));
    var meta = EncryptionKeys.part(cluster.getMetadata().getName()).meta();
    var retained = cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
    return Plan.apply(new Wish.Once(Secrets.opaque(meta, values), retained));
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var keys = new EncryptionKeys(cluster, facts);
    var secret = EncryptionKeys.secretName(cluster.getMetadata().getName());
    if (keys.areLost()) {
      return Health.degraded(
          "KeyLost",
          "Secret %s is gone, and data may be encrypted with its keys: restore it"
              .formatted(secret));
    } else if (keys.secret().isEmpty()) {
      return Health.waiting("Creating", "Secret %s is not there yet".formatted(secret));
    }
    var missing = keys.missing();
    return missing.isEmpty()
        ? Health.ready("the keys are in Secret " + secret)
        : Health.degraded(
            "KeyLost",
            "Secret %s lacks %s: restore what was there"
                .formatted(secret, String.join(", ", missing)));
  }
}
