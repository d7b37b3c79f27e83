package io.generalbots.operator.tenant;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.StoreState;
import io.generalbots.api.v1alpha1.tenant.StoreStatus;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.residents.Cells;
import io.generalbots.operator.tenant.cell.CellStore;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Admission;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sum of a round of a Tenant, as conditions and one word.
 *
 * @param tenant as it was read
 * @param standing whether it has a place
 * @param healths what each of its parts says of itself, in order; none without a place
 * @param outcome what applying the plans came to
 */
record Review(Tenant tenant, Standing standing, Map<String, Health> healths, Outcome outcome) {

  private static final Set<TenantPhase> IN_USE = Set.of(TenantPhase.READY, TenantPhase.DEGRADED);

  /** The state of each store that it has a place in. */
  List<StoreStatus> stores() {
    return all().stream()
        .flatMap(name -> Stream.ofNullable(healths.get(name)).flatMap(h -> store(name, h)))
        .toList();
  }

  /** Whether its stores are its own. */
  boolean isInCell() {
    return Admission.wantsCell(tenant);
  }

  private List<String> all() {
    return isInCell()
        ? CellStore.components()
        : Arrays.stream(Store.values()).map(Store::component).toList();
  }

  /** The state in one word. */
  TenantPhase phase(Optional<TenantPhase> former) {
    if (standing.waiting().isPresent()) {
      return TenantPhase.PENDING;
    } else if (stalled().isPresent()) {
      return TenantPhase.STALLED;
    } else if (trouble().isEmpty()) {
      return tenant.getSpec().suspend() ? TenantPhase.SUSPENDED : TenantPhase.READY;
    }
    return former.filter(IN_USE::contains).isPresent()
        ? TenantPhase.DEGRADED
        : TenantPhase.PROVISIONING;
  }

  Condition ready() {
    return inTheWay()
        .map(t -> Conditions.of("Ready", false, t.reason(), t.message()))
        .orElseGet(() -> Conditions.of("Ready", true, "AllReady", "every store lets it in"));
  }

  Condition reconciling() {
    var busy = stalled().isEmpty() ? trouble() : Optional.<Objection>empty();
    return busy.map(t -> Conditions.of("Reconciling", true, "Progressing", t.message()))
        .orElseGet(
            () -> Conditions.of("Reconciling", false, "Settled", "nothing is left to be done"));
  }

  Condition isStalled() {
    return stalled()
        .map(t -> Conditions.of("Stalled", true, t.reason(), t.message()))
        .orElseGet(() -> Conditions.of("Stalled", false, "NotStalled", "nothing needs the user"));
  }

  Condition provisioned() {
    return trouble()
        .map(t -> Conditions.of("Provisioned", false, t.reason(), t.message()))
        .orElseGet(() -> Conditions.of("Provisioned", true, "AllProvisioned", provisionedIn()));
  }

  Condition suspended() {
    return tenant.getSpec().suspend()
        ? Conditions.of(
            "Suspended", true, "Closed", "nobody gets in: set spec.suspend to false to open it")
        : Conditions.of("Suspended", false, "NotSuspended", "it is open");
  }

  private Optional<Objection> stalled() {
    return standing
        .stalled()
        .or(
            () ->
                refused()
                    .map(
                        r ->
                            new Objection(
                                "ObjectNotOurs",
                                r
                                    + " belongs to somebody else: rename or remove it, or set"
                                    + " spec.adopt where it is a database, a bucket or a namespace"
                                    + " of the vault",
                                false)))
        .or(this::unwilling);
  }

  /** What the spec asks for and cannot be: it waits for an edit. */
  private Optional<Objection> unwilling() {
    return healths.values().stream()
        .filter(h -> h.state() == Health.State.REFUSED)
        .findFirst()
        .map(h -> new Objection(h.reason(), h.message(), false));
  }

  private Optional<String> refused() {
    var names = outcome.refused();
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }

  /** What keeps it from being ready; that it is closed is none of it elsewhere. */
  private Optional<Objection> inTheWay() {
    return trouble()
        .or(
            () ->
                Optional.of(new Objection("Suspended", "spec.suspend closes it", true))
                    .filter(s -> tenant.getSpec().suspend()));
  }

  private Optional<Objection> trouble() {
    return stalled().or(standing::waiting).or(this::failure).or(this::unsettled);
  }

  private Optional<Objection> failure() {
    return healths.keySet().stream()
        .flatMap(name -> failure(name).stream())
        .findFirst()
        .map(message -> new Objection(Outcome.APPLY_FAILED, message, true));
  }

  private Optional<String> failure(String name) {
    return outcome.of(name).failure().map(e -> String.valueOf(e.getMessage()));
  }

  private Optional<Objection> unsettled() {
    return healths.values().stream()
        .filter(h -> !h.isSettled())
        .findFirst()
        .map(h -> new Objection(h.reason(), h.message(), true));
  }

  /** One that the BotCluster does not share is none. */
  private Stream<StoreStatus> store(String name, Health health) {
    if (health.state() == Health.State.DISABLED) {
      return Stream.empty();
    }
    var refused = outcome.of(name).refused();
    var fault =
        Optional.of(new StoreStatus(name, StoreState.CONFLICT, String.join(", ", refused)))
            .filter(s -> !refused.isEmpty())
            .or(() -> failure(name).map(m -> new StoreStatus(name, StoreState.FAILED, m)));
    return Stream.of(fault.orElseGet(() -> new StoreStatus(name, state(health), health.message())));
  }

  private static StoreState state(Health health) {
    return health.isSettled() ? StoreState.READY : StoreState.PENDING;
  }

  /** What it has no place in is told as well: nobody has to guess. */
  private String provisionedIn() {
    var has = stores().stream().map(StoreStatus::name).toList();
    var others = all().stream().filter(name -> !has.contains(name)).toList();
    if (isInCell()) {
      return "its Cell %s runs for it alone".formatted(Cells.name(tenant.getMetadata().getName()));
    }
    return "it has its place in "
        + String.join(", ", has)
        + (others.isEmpty()
            ? ""
            : "; the BotCluster shares no %s of its own".formatted(String.join(" or ", others)));
  }
}
