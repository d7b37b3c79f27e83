package io.generalbots.operator.tenant;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import io.generalbots.api.v1alpha1.tenant.StoreStatus;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.api.v1alpha1.tenant.TenantStatusBuilder;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.residents.TenantNames;
import io.generalbots.operator.tenant.cell.CellPlaces;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.database.Database;
import io.generalbots.operator.tenant.drive.Drive;
import io.generalbots.operator.tenant.export.Export;
import io.generalbots.operator.tenant.export.Exports;
import io.generalbots.operator.tenant.isolation.Proof;
import io.generalbots.operator.tenant.limits.Limits;
import io.generalbots.operator.tenant.place.Admission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The status of a Tenant, made from scratch in every round.
 *
 * @param tenant as it was read
 * @param home what is known of its own namespace
 * @param review the sum of the round
 */
record Told(Tenant tenant, Facts home, Review review) {

  private static final String FRESH = "CredentialsFresh";

  /** Of a Cell nobody says how old its passwords are, and it shares nothing to be kept from. */
  private static final Set<String> NOT_OF_CELLS = Set.of(FRESH, "Isolated", "LimitExceeded");

  TenantStatus status() {
    var previous = Optional.ofNullable(tenant.getStatus());
    var builder =
        new TenantStatusBuilder()
            .observedGeneration(tenant.getMetadata().getGeneration())
            .phase(review.phase(previous.map(TenantStatus::phase)))
            .stores(review.stores())
            .conditions(conditions(previous.map(TenantStatus::conditions).orElse(List.of())));
    review.standing().residence().ifPresent(r -> tell(builder));
    limits().map(Limits::told).ifPresent(builder::usage);
    builder.exports(exports());
    ring().ifPresent(r -> builder.credentialsRotatedAt(r.rotation().since().toString()));
    return builder.build();
  }

  private void tell(TenantStatusBuilder builder) {
    if (review.isInCell()) {
      new CellPlaces(tenant, home).tell(builder);
    } else {
      builder.isolation(Admission.isolation(tenant));
      moves().filter(Migration::isTold).map(Migration::shard).ifPresent(builder::shard);
      places(builder);
    }
  }

  private void places(TenantStatusBuilder builder) {
    var name = tenant.getMetadata().getName();
    if (has(Store.DATABASE)) {
      var room = Database.room(tenant);
      builder.database(room.database(tenant)).schema(room.schema(tenant).orElse(null));
    }
    if (has(Store.CACHE)) {
      builder.cachePrefix(TenantNames.cachePrefix(name));
    }
    if (has(Store.DRIVE)) {
      builder.buckets(review.standing().residence().map(Drive::buckets).orElse(List.of()));
    }
    Arrays.stream(Store.values())
        .filter(this::has)
        .findFirst()
        .ifPresent(store -> builder.secretName(store.secretName(name)));
  }

  private boolean has(Store store) {
    return review.stores().stream()
        .map(StoreStatus::name)
        .anyMatch(Predicate.isEqual(store.component()));
  }

  private Optional<Keyring> ring() {
    return Keyring.of(tenant, home);
  }

  private List<Condition> conditions(List<Condition> before) {
    var all =
        new ArrayList<>(
            List.of(
                review.ready(),
                review.reconciling(),
                review.isStalled(),
                review.provisioned(),
                fresh(),
                new Proof(tenant, home).condition(before),
                review.suspended(),
                limits().map(Limits::condition).orElseGet(Told::unmeasured),
                configurationWarning()));
    moves().filter(Migration::isTold).map(Migration::condition).ifPresent(all::add);
    all.removeIf(c -> review.isInCell() && NOT_OF_CELLS.contains(c.getType()));
    return Conditions.timed(all, before, tenant.getMetadata().getGeneration(), home.now());
  }

  /** Whether what clients read is of the newest generation, and not older than it may be. */
  private Condition fresh() {
    var type = FRESH;
    var ring = ring();
    var stores = Arrays.stream(Store.values()).filter(this::has).toList();
    if (ring.isEmpty() || !stores.stream().allMatch(ring.get()::isPublished)) {
      return Conditions.of(type, false, "Replacing", "new credentials are being brought in");
    } else if (!home.now().isBefore(ring.get().rotation().due(tenant))) {
      return Conditions.of(type, false, "Overdue", "they are older than spec.rotation says");
    }
    return Conditions.of(type, true, "Fresh", "every store has the newest credentials");
  }

  private Optional<Migration> moves() {
    return review
        .standing()
        .residence()
        .filter(r -> !review.isInCell())
        .map(r -> Migration.of(r, tenant, home, review.outcome()));
  }

  private Optional<Limits> limits() {
    return review
        .standing()
        .residence()
        .filter(r -> !review.isInCell())
        .map(r -> Limits.of(r, tenant, home));
  }

  private List<ExportStatus> exports() {
    return review
        .standing()
        .residence()
        .filter(r -> Exports.isServed(tenant))
        .map(r -> new Export(r).told(tenant, home))
        .orElse(List.of());
  }

  private static Condition unmeasured() {
    return Conditions.of("LimitExceeded", false, "NothingUsed", "it has no place yet");
  }

  private Condition configurationWarning() {
    return Unserved.warning(tenant, moves().filter(Migration::isTold).isPresent())
        .map(w -> Conditions.of("ConfigurationWarning", true, w.reason(), w.message()))
        .orElseGet(
            () ->
                Conditions.of(
                    "ConfigurationWarning", false, "AllServed", "every field set is served"));
  }
}
