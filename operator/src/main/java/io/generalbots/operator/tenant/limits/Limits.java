package io.generalbots.operator.tenant.limits;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantUsage;
import io.generalbots.operator.external.tenant.Usage;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.residents.Restraint;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much a Tenant has in the stores, and what it may not because of it. The registration is the
 * memory of that: where nobody can tell how much it is, it stays as it was.
 *
 * @param shares of each store that there is a limit for
 * @param bots that are the Tenant's own
 */
public record Limits(List<Share> shares, int bots) {

  private static final String TYPE = "LimitExceeded";

  public Limits {
    shares = List.copyOf(shares);
  }

  /** Of a Tenant of which this is known. */
  public static Limits of(Residence residence, Tenant tenant, Facts home) {
    var shares = new Shares(residence, tenant, home.surroundings().reading(Usage.class)).all();
    return new Limits(shares, residence.verdict().bots().size());
  }

  /** What it may not in a store. */
  public Restraint restraint(Store store) {
    return shares.stream()
        .filter(s -> s.store() == store)
        .map(Share::restraint)
        .findFirst()
        .orElse(Restraint.NONE);
  }

  /** By the name of the store, where there is anything that it may not. */
  public Map<String, Restraint> restraints() {
    var all = new TreeMap<String, Restraint>();
    restrained().forEach(s -> all.put(s.store().component(), s.restraint()));
    return all;
  }

  /** What keeps everybody out of a store; empty where somebody gets in. */
  public Optional<Objection> closure(Store store) {
    return restrained()
        .filter(s -> s.store() == store && s.restraint() == Restraint.CLOSED)
        .map(s -> new Objection("LimitExceeded", s.words(), false))
        .findFirst();
  }

  /** Whether it has more than it may anywhere. */
  public Condition condition() {
    var words = restrained().map(Share::words).collect(Collectors.joining("; "));
    if (words.isEmpty()) {
      return Conditions.of(TYPE, false, "WithinLimits", "it has no more than it may anywhere");
    }
    var isClosed = restrained().anyMatch(s -> s.restraint() == Restraint.CLOSED);
    return isClosed
        ? Conditions.of(TYPE, true, "StoreClosed", words)
        : Conditions.of(TYPE, true, "StoreReadOnly", words);
  }

  /** What it uses, as far as that was measured. */
  public TenantUsage told() {
    var sizes = shares.stream().filter(Share::isSize).flatMap(s -> s.used().stream()).toList();
    var sum = sizes.stream().mapToLong(Long::longValue).sum();
    return new TenantUsage(
        used(Store.DATABASE),
        used(Store.CACHE),
        used(Store.DRIVE),
        used(Store.VECTORS),
        null,
        bots,
        sizes.isEmpty() ? null : Bytes.text(sum));
  }

  private @Nullable Long used(Store store) {
    return shares.stream()
        .filter(s -> s.store() == store)
        .flatMap(s -> s.used().stream())
        .findFirst()
        .orElse(null);
  }

  private Stream<Share> restrained() {
    return shares.stream().filter(s -> s.restraint() != Restraint.NONE);
  }
}
