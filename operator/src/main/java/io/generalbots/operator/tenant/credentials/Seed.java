package io.generalbots.operator.tenant.credentials;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all passwords of a Tenant are made from, and how often they were replaced.
 *
 * @param stores those the Tenant has a place in
 */
public record Seed(List<Store> stores) implements Component<Tenant> {

  public static final String NAME = "seed";

  static final String KEY = "seed";

  public Seed {
    stores = List.copyOf(stores);
  }

  static String secretName(Tenant tenant) {
    return tenant.getMetadata().getName() + "-" + NAME;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Once(secret(tenant, facts), false));
    Keyring.of(tenant, facts).flatMap(ring -> note(tenant, ring)).ifPresent(wishes::add);
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(Tenant tenant, Facts facts) {
    return Keyring.of(tenant, facts)
        .map(ring -> Health.ready("credentials of generation " + ring.rotation().generation()))
        .orElseGet(() -> Health.waiting("Provisioning", "the credentials are being made"));
  }

  /** When the next replacement, or the end of the one under way, is due. */
  public Optional<Instant> nextLook(Tenant tenant, Facts facts) {
    return Keyring.of(tenant, facts)
        .flatMap(
            ring ->
                Stream.concat(
                        stores.stream().flatMap(s -> ring.formerEnds(s).stream()),
                        Stream.of(ring.rotation().due(tenant)))
                    .filter(at -> at.isAfter(facts.now()))
                    .min(Comparator.naturalOrder()));
  }

  /** Nobody gets in while a Tenant is closed: whether new logins work cannot be told then. */
  private Optional<Wish> note(Tenant tenant, Keyring ring) {
    var now = ring.rotation();
    var settled = !tenant.getSpec().suspend() && ring.isSettled(stores);
    var next = now.next(tenant, ring.facts().now(), settled);
    return Optional.of(next.note(ring.seed()))
        .filter(note -> next.generation() > 0 || !next.equals(now));
  }

  private static Secret secret(Tenant tenant, Facts facts) {
    var meta = new ObjectMetaBuilder().withName(secretName(tenant)).build();
    return Secrets.opaque(meta, Map.of(KEY, facts.entropy().key()));
  }
}
