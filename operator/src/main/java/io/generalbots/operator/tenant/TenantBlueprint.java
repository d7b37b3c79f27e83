package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.cluster.placement.Placement;
import io.generalbots.operator.kernel.Blueprint;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.tenant.export.ExportTurns;
import io.generalbots.operator.tenant.limits.Limits;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.registration.RegisteredTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Tenant is made of: its registration beside the BotCluster, and at home its credentials and
 * what it has in each store, or a Cell. Pure.
 *
 * @param tenant as it was read
 * @param home what is known of its own namespace
 * @param near what is known of its BotCluster
 */
public record TenantBlueprint(Tenant tenant, Facts home, Neighbourhood near) {

  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** What has to be beside the BotCluster; nothing is given to a Tenant without a place. */
  public Map<String, Plan> abroad(Facts facts) {
    return residence()
        .map(r -> abroad(r).plan(name -> tenant, facts))
        .orElseGet(() -> RegisteredTenant.withoutPlace(tenant, near));
  }

  /** What has to be in the Tenant's own namespace. */
  public Map<String, Plan> atHome() {
    return residence().map(this::placed).orElse(Map.of());
  }

  /** Its pods run where those of its BotCluster do, and come from there. */
  private Map<String, Plan> placed(Residence residence) {
    var placement = new Placement(residence.cluster(), tenant);
    var plans = new LinkedHashMap<>(atHome(residence).plan(name -> tenant, home));
    plans.replaceAll((component, plan) -> placement.place(plan));
    return plans;
  }

  /** The status, made from scratch. */
  public TenantStatus status(Outcome outcome) {
    var healths = residence().map(this::healths).orElse(Map.of());
    var review = new Review(tenant, standing(), outcome.beside(healths), outcome);
    return new Told(tenant, home, review).status();
  }

  /** What a user should hear: what was done, and what turned. */
  public List<Decision> news(TenantStatus status, Outcome outcome) {
    return Stream.of(
            outcome.decisions().stream(),
            Turns.between(tenant, status).stream(),
            ExportTurns.between(tenant, status))
        .flatMap(news -> news)
        .toList();
  }

  /** When to look again without any event; never where nothing is under way but time. */
  public Optional<Duration> nextLook(Outcome outcome) {
    var again = outcome.failure().isPresent() || !outcome.refused().isEmpty();
    var soon =
        Stream.of(
                Optional.of(home.now().plus(Pace.of(tenant, home.now(), outcome)))
                    .filter(at -> outcome.isUnderway()),
                Optional.of(home.now().plus(AGAIN)).filter(at -> again))
            .flatMap(Optional::stream);
    return Stream.concat(soon, residence().stream().flatMap(r -> estate(r).due()))
        .min(Comparator.<Instant>naturalOrder())
        .map(at -> Duration.between(home.now(), at));
  }

  /** Whether what somebody else has keeps a Tenant from what it asks for. */
  public static boolean waitsForOthers(TenantStatus status) {
    return status.conditions().stream()
        .filter(c -> "Stalled".equals(c.getType()))
        .anyMatch(c -> c.getReason().endsWith("Taken"));
  }

  private Standing standing() {
    return home.findings().of(Standing.class, () -> Standing.of(tenant, home, near));
  }

  private Optional<Residence> residence() {
    return standing().residence();
  }

  private Map<String, Health> healths(Residence residence) {
    var all = new LinkedHashMap<String, Health>();
    all.putAll(abroad(residence).health(tenant, home));
    all.putAll(atHome(residence).health(tenant, home));
    // They take nothing from the Tenant, so that it is nobody's business how busy they are.
    all.remove(Carriers.EXPORT);
    all.remove(Carriers.MOVE);
    return all;
  }

  private Blueprint<Tenant> abroad(Residence residence) {
    return new Blueprint<>(
        List.of(new RegisteredTenant(residence, home, isReady(residence), limits(residence))));
  }

  /** What of it can be told before anything is done in this round. */
  private boolean isReady(Residence residence) {
    return standing().objections().isEmpty()
        && !tenant.getSpec().suspend()
        && atHome(residence).health(tenant, home).values().stream().allMatch(Health::isSettled);
  }

  private Blueprint<Tenant> atHome(Residence residence) {
    return new Blueprint<>(estate(residence).components());
  }

  private Limits limits(Residence residence) {
    return estate(residence).limits();
  }

  private Estate estate(Residence residence) {
    return new Estate(tenant, home, residence);
  }
}
