package io.generalbots.operator.tenant.place;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Secrets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Tenant's database on its way from one server to another. The Secret with the login that carries
 * it is the memory of that.
 *
 * @param id of this move, of letters, digits and dashes
 * @param from the BotCluster whose server has it
 * @param to the one whose server gets it
 * @param moved when it was handed over; empty before
 * @param isGivenUp whether it stays where it is, and what was carried is removed
 */
public record Relocation(
    String id, String from, String to, Optional<Instant> moved, boolean isGivenUp) {

  private static final String SUFFIX = "-mover";
  private static final String ID = "move";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String MOVED = "moved-at";
  private static final String GIVEN_UP = "given-up";

  /** One that begins now. */
  public static Relocation begun(String from, String to, Instant now) {
    return new Relocation("m" + now.getEpochSecond(), from, to, Optional.empty(), false);
  }

  /** That of a Tenant; empty where nothing moves, or has moved lately. */
  public static Optional<Relocation> of(Tenant tenant, Facts home) {
    return home.find(Secret.class, secretName(tenant)).flatMap(Relocation::of);
  }

  private static Optional<Relocation> of(Secret secret) {
    return Optional.of(
            new Relocation(
                Secrets.text(secret, ID),
                Secrets.text(secret, FROM),
                Secrets.text(secret, TO),
                time(Secrets.text(secret, MOVED)),
                !Secrets.text(secret, GIVEN_UP).isEmpty()))
        .filter(r -> !r.id().isEmpty() && !r.from().isEmpty() && !r.to().isEmpty());
  }

  /** What the Secret of a Tenant is called. */
  public static String secretName(Tenant tenant) {
    return tenant.getMetadata().getName() + SUFFIX;
  }

  /** The same, handed over now. */
  public Relocation movedAt(Instant now) {
    return new Relocation(id, from, to, Optional.of(now), false);
  }

  /** The same, given up. */
  public Relocation givenUp() {
    return new Relocation(id, from, to, Optional.empty(), true);
  }

  /** As it is kept, with these keys beside it. */
  public Secret secret(Tenant tenant, Map<String, String> keys) {
    var all = new HashMap<>(keys);
    all.putAll(Map.of(ID, id, FROM, from, TO, to));
    moved.ifPresent(at -> all.put(MOVED, at.toString()));
    if (isGivenUp) {
      all.put(GIVEN_UP, "true");
    }
    var meta = new ObjectMetaBuilder().withName(secretName(tenant)).build();
    return Secrets.basicAuth(meta, all);
  }

  /** Empty for what is no time. */
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(text).filter(t -> !t.isEmpty()).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
