package io.generalbots.operator.cluster.pooler;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A cluster named demo in namespace bots, and what its pooler comes to. */
record Given(String spec, List<HasMetadata> owned) {

  /** A cluster with this block pooler, as YAML in one line. */
  static Given pooler(String yaml) {
    return new Given("postgres: {pooler: %s}".formatted(yaml), List.of());
  }

  static Given spec(String yaml) {
    return new Given(yaml, List.of());
  }

  Given having(HasMetadata... objects) {
    return new Given(spec, List.of(objects));
  }

  BotCluster cluster() {
    return Specs.cluster(spec);
  }

  Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of("pooler", "pgbouncer:test"));
    return new Facts(Instant.EPOCH, new SecureEntropy(), owned, settings);
  }

  Plan plan() {
    return new Pooler().plan(cluster(), facts());
  }

  /** The one object of this kind that is wished. */
  <T extends HasMetadata> T wished(Class<T> kind) {
    var wishes = plan() instanceof Plan.Apply apply ? apply.wishes() : List.<Wish>of();
    return wishes.stream()
        .flatMap(w -> Wishes.object(w).stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " is wished"));
  }
}
