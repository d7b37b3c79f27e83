package io.generalbots.operator.tenant.credentials;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.external.tenant.Movers;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The logins of a Tenant that are valid now, by store: that of the present generation, and the one
 * before it until every client had time to read the new one.
 *
 * @param tenant whose they are
 * @param seed what they are made from
 * @param facts what is known of its own namespace
 */
public record Keyring(Tenant tenant, Secret seed, Facts facts) {

  /** How long the login before goes on after the new one was published. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final String MAC = "HmacSHA256";

  /** 256 bits of hexadecimal digits would not make it any harder to guess. */
  private static final int LENGTH = 48;

  /** That of a Tenant; empty until its seed is there. */
  public static Optional<Keyring> of(Tenant tenant, Facts facts) {
    return facts
        .find(Secret.class, Seed.secretName(tenant))
        .filter(seed -> !Secrets.text(seed, Seed.KEY).isEmpty())
        .map(seed -> new Keyring(tenant, seed, facts));
  }

  /** How often they were replaced. */
  public Rotation rotation() {
    return Rotation.of(seed, facts.now());
  }

  /** What was published for a store. */
  public Publication publication(Store store) {
    var name = store.secretName(tenant.getMetadata().getName());
    return new Publication(name, facts.find(Secret.class, name));
  }

  /** The login that is published next, or is already. */
  public Key newest(Store store) {
    return key(store, rotation().generation());
  }

  /** All that are valid, the newest first. */
  public List<Key> keys(Store store) {
    var generation = rotation().generation();
    return IntStream.of(generation, generation - 1)
        .filter(g -> g == generation || isFormerValid(store))
        .mapToObj(g -> key(store, g))
        .toList();
  }

  /** What carries its database from server to server; it is not replaced as the others are. */
  public Credential mover() {
    return Movers.credential(tenant.getMetadata().getName(), password("mover"));
  }

  /** When the login before ends in a store; empty if none is there or nobody knows yet. */
  public Optional<Instant> formerEnds(Store store) {
    var generation = rotation().generation();
    return publication(store)
        .since()
        .filter(s -> generation > 0)
        .filter(s -> isPublished(store, generation))
        .map(s -> s.plus(GRACE));
  }

  /** Whether the newest login is the one that clients read. */
  public boolean isPublished(Store store) {
    return isPublished(store, rotation().generation());
  }

  /** Whether nothing is left of the generation before, anywhere. */
  boolean isSettled(List<Store> stores) {
    return stores.stream().allMatch(s -> isPublished(s) && !isFormerValid(s));
  }

  private boolean isPublished(Store store, int generation) {
    return publication(store).generation().filter(g -> g == generation).isPresent();
  }

  /** Who never had the one before needs none of it. */
  private boolean isFormerValid(Store store) {
    return rotation().generation() > 0
        && publication(store).generation().isPresent()
        && formerEnds(store).map(facts.now()::isBefore).orElse(true);
  }

  private Key key(Store store, int generation) {
    var slot = generation % 2 == 0 ? 'a' : 'b';
    return new Key(slot, generation, password(store.component() + "|" + generation));
  }

  private String password(String purpose) {
    try {
      var mac = Mac.getInstance(MAC);
      var key = Secrets.text(seed, Seed.KEY).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, MAC));
      var derived = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(derived).substring(0, LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + MAC, e);
    }
  }

  /** Names no password: the text may be logged. */
  @Override
  public String toString() {
    return "keyring of " + tenant.getMetadata().getName();
  }
}
