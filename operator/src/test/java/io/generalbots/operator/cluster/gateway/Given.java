package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Part;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A cluster named demo in namespace bots, and what its gateway comes to. */
record Given(String spec, List<HasMetadata> owned) {

  private static final String QUIET =
      "profile: Minimal, seaweedfs: {enabled: false}, qdrant: {enabled: false}, ";

  /** A cluster with this block gateway and nothing else to lead to, as YAML in one line. */
  static Given gateway(String yaml) {
    return spec(QUIET + "gateway: " + yaml);
  }

  static Given spec(String yaml) {
    return new Given(yaml, List.of());
  }

  Given having(HasMetadata... objects) {
    return new Given(spec, List.of(objects));
  }

  /** A bot server that has started, or is just starting. */
  static Pod bot(String name, String ip, boolean started) {
    return new PodBuilder()
        .withMetadata(new Part("demo", "botserver").named(name))
        .withNewStatus()
        .withPhase("Running")
        .withPodIP(ip)
        .addNewContainerStatus()
        .withName("botserver")
        .withStarted(started)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  BotCluster cluster() {
    return Specs.cluster(spec);
  }

  Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of("gateway", "caddy:test"));
    return new Facts(Instant.EPOCH, new SecureEntropy(), owned, settings);
  }

  Plan plan() {
    return new Gateway().plan(cluster(), facts());
  }

  /** What Caddy runs by. */
  String caddyfile() {
    return Caddyfile.of(cluster(), facts()).text();
  }

  List<Wish> wishes() {
    return plan() instanceof Plan.Apply apply ? apply.wishes() : List.of();
  }

  /** The one object of this kind that is wished. */
  <T extends HasMetadata> T wished(Class<T> kind) {
    return wishes().stream()
        .flatMap(w -> Wishes.object(w).stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " is wished"));
  }
}
