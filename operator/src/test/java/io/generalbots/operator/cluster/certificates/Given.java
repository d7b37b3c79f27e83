package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster named demo in namespace bots, its certificates in memory, and a clock to turn. */
final class Given {

  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static final Certificates CERTIFICATES = new Certificates();
  private static final Settings SETTINGS = new Settings("operators", "cluster.local", Map.of());

  final Repeatable entropy = new Repeatable();

  private final SortedMap<String, HasMetadata> objects = new TreeMap<>();
  private final SortedMap<String, Secret> provided = new TreeMap<>();
  private Set<Kind> kinds = Set.of();
  private String spec = "{}";
  private String gateway = "{enabled: false}";
  private Instant now = START;

  /** The cluster's block certificates, as YAML in one line. */
  Given certificates(String yaml) {
    spec = yaml;
    return this;
  }

  /** The cluster's block gateway, which is switched off without it, as YAML in one line. */
  Given gateway(String yaml) {
    gateway = yaml;
    return this;
  }

  Given withCertManager() {
    kinds = Set.of(Certificates.CERT_MANAGER);
    return this;
  }

  /** A Secret that the user wrote. */
  Given provided(String name, Map<String, String> values) {
    var meta = new ObjectMetaBuilder().withName(name).build();
    provided.put(name, Secrets.opaque(meta, values));
    return this;
  }

  Given having(HasMetadata object) {
    objects.put(Objects.ref(object), object);
    return this;
  }

  Given without(String ref) {
    objects.remove(ref);
    return this;
  }

  Given later(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** So many rounds at the same time. */
  Given rounds(int count) {
    for (var i = 0; i < count; i++) {
      round();
    }
    return this;
  }

  private void round() {
    if (plan() instanceof Plan.Apply apply) {
      apply.wishes().forEach(this::fulfil);
    }
  }

  private void fulfil(Wish wish) {
    if (wish instanceof Wish.Managed managed) {
      having(managed.object());
    } else if (wish instanceof Wish.Kept kept) {
      having(kept.object());
    } else if (wish instanceof Wish.Once once) {
      objects.putIfAbsent(Objects.ref(once.object()), once.object());
    }
  }

  Plan plan() {
    return CERTIFICATES.plan(cluster(), facts());
  }

  Health health() {
    return CERTIFICATES.health(cluster(), facts());
  }

  Optional<Instant> nextLook() {
    return Certificates.nextLook(cluster(), facts());
  }

  Instant now() {
    return now;
  }

  Facts facts() {
    return new Facts(now, entropy, List.copyOf(objects.values()), SETTINGS)
        .in(new Surroundings(List.copyOf(provided.values()), kinds));
  }

  Secret secret(String name) {
    return facts().find(Secret.class, name).orElseThrow();
  }

  /** What the servers of PostgreSQL mount. */
  Served served() {
    return request().served(facts()).orElseThrow();
  }

  ServerCertificate request() {
    return Requests.of(cluster(), SETTINGS).get(0);
  }

  BotCluster cluster() {
    return Specs.cluster(
        "profile: Minimal, seaweedfs: {enabled: false}, certificates: %s, gateway: %s"
            .formatted(spec, gateway));
  }
}
