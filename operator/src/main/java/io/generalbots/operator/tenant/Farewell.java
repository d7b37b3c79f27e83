package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.tenant.cell.CellEnd;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.place.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The end of a Tenant: first nobody gets in any more, then what its policy says becomes of the
 * data. Pure.
 *
 * @param tenant that is being deleted
 * @param home what is known of its own namespace
 * @param near what is known of its BotCluster
 */
public record Farewell(Tenant tenant, Facts home, Neighbourhood near) {

  /** {@code true}: what cannot be reached is given up, and stays as it is. */
  public static final String FORCE = "generalbots.io/force-delete";

  private static final Duration AGAIN = Duration.ofSeconds(10);

  /**
   * Logins, buckets' keys and routes go with the registration. What it had stays written down, so
   * that nobody else gets it, until it is known to be gone.
   */
  public Map<String, Plan> abroad() {
    return near.cluster()
        .map(
            cluster ->
                remains()
                    .map(r -> new Wish.Managed(r.secret(cluster.getMetadata().getName())))
                    .<Map<String, Plan>>map(w -> Map.of(Remains.COMPONENT, Plan.apply(w)))
                    .orElseGet(() -> Map.of(Registration.COMPONENT, new Plan.Absent())))
        .orElse(Map.of());
  }

  /** Who never had a place has nothing in it, and with the BotCluster its stores are gone. */
  public Map<String, Plan> atHome() {
    if (isInCell()) {
      return cell().plans();
    }
    return near.cluster()
        .flatMap(cluster -> Keyring.of(tenant, home).map(ring -> ends(cluster, ring)))
        .map(Ends::plans)
        .orElse(Map.of());
  }

  private Ends ends(BotCluster cluster, Keyring ring) {
    var residence = new Residence(cluster, near, Verdict.NONE);
    return new Ends(residence, tenant, ring, retention().keepsData());
  }

  /** What is left to be done abroad, after all this. */
  public Map<String, Plan> afterwards(Outcome outcome) {
    var isGone = !retention().keepsData() && leftovers(outcome).isEmpty() && isCellDone();
    return isGone && remains().isPresent()
        ? Map.of(Registration.COMPONENT, new Plan.Absent(), Remains.COMPONENT, new Plan.Absent())
        : Map.of();
  }

  /** Whether nothing is left to be done, or to be waited for. */
  public boolean isDone(Outcome outcome) {
    return isForced() || (outcome.failure().isEmpty() && !outcome.isUnderway() && isCellDone());
  }

  /** When to look again at what is not done: a hundred that leave at once wait for each other. */
  public Duration nextLook(Outcome outcome) {
    return outcome.failure().isEmpty() ? Pace.ofLeaving(tenant, home.now()) : AGAIN;
  }

  /** What a user should hear of it. */
  public List<Decision> news(Outcome outcome) {
    if (!isDone(outcome)) {
      return Turns.between(tenant, status(outcome));
    }
    return Stream.of(
            outcome.decisions().stream(), leftBehind(outcome).stream(), retained().stream())
        .flatMap(all -> all)
        .toList();
  }

  /** What is said while it is not done. */
  public TenantStatus status(Outcome outcome) {
    return new Leaving(tenant, home, leftovers(outcome)).status();
  }

  private Leftovers leftovers(Outcome outcome) {
    return new Leftovers(outcome);
  }

  private Retention retention() {
    return new Retention(tenant, home.now());
  }

  /** Where it is, whatever its spec has become since. */
  private boolean isInCell() {
    return near.told(tenant).map(Registration::cell).orElse(Admission.wantsCell(tenant));
  }

  private boolean isCellDone() {
    return !isInCell() || cell().isDone();
  }

  private CellEnd cell() {
    return new CellEnd(tenant, home);
  }

  private boolean isForced() {
    return "true".equals(Objects.annotations(tenant).get(FORCE));
  }

  /** What a Tenant of the same name left before is not this one's. */
  private Optional<Remains> remains() {
    return near.told(tenant).map(r -> new Remains(r, retention().since(), shredAfter(), stores()));
  }

  /** Nobody but a person removes volumes. */
  private Optional<Instant> shredAfter() {
    return retention().shredAfter().filter(at -> !isInCell());
  }

  private List<String> stores() {
    var shared = near.cluster().stream().flatMap(c -> Store.servedBy(c).stream());
    return isInCell()
        ? CellEnd.STORES
        : shared.filter(Store::keepsData).map(Store::component).toList();
  }

  private Optional<Decision> leftBehind(Outcome outcome) {
    var left = leftovers(outcome);
    var decision =
        isForced()
            ? Decision.warning("GaveUp", FORCE + " is set: given up " + left.words())
            : Decision.warning("LeftBehind", "what is not its own stays: " + left.words());
    return Optional.of(decision).filter(d -> !left.isEmpty());
  }

  private Optional<Decision> retained() {
    return remains()
        .filter(r -> retention().keepsData())
        .map(r -> Decision.normal("DataRetained", isInCell() ? cell().words() : words(r)));
  }

  private static String words(Remains remains) {
    var until = remains.shredAfter().map(at -> "until " + at).orElse("until somebody removes it");
    return "what it has in %s is kept %s; a Tenant of the same name in this namespace gets it with spec.adopt"
        .formatted(String.join(", ", remains.stores()), until);
  }
}
