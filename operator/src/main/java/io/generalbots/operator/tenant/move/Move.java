package io.generalbots.operator.tenant.move;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.database.Database;
import io.generalbots.operator.tenant.place.Lodging;
import io.generalbots.operator.tenant.place.Relocation;
import io.generalbots.operator.tenant.place.Residence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries the database of a Tenant to the shard that was chosen for it, while it is used. The
 * former copy stays for a while; what becomes of a move that is not wanted any more is that the
 * Tenant stays where it is.
 *
 * @param residence where the Tenant lives
 * @param database what is carried
 */
public record Move(Residence residence, Database database) implements Component<Tenant> {

  /** With the name of a shard: the former copy there goes now. */
  public static final String END_SOAK = "generalbots.io/end-soak";

  /** How long the former copy is kept. */
  static final Duration SOAK = Duration.ofMinutes(15);

  @Override
  public String name() {
    return Carriers.MOVE;
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    return Keyring.of(tenant, facts)
        .map(ring -> plan(ring, lodging(tenant, facts)))
        .orElseGet(() -> new Plan.Hold("the credentials are being made"));
  }

  /** It takes nothing from the Tenant: how far it is, a condition of its own tells. */
  @Override
  public Health health(Tenant tenant, Facts facts) {
    return Health.disabled();
  }

  /** When the former copy goes. */
  public Optional<Instant> nextLook(Tenant tenant, Facts facts) {
    return lodging(tenant, facts)
        .relocation()
        .flatMap(Relocation::moved)
        .map(m -> m.plus(SOAK))
        .filter(at -> at.isAfter(facts.now()));
  }

  /** Why what was asked for is not done, where nothing but an edit helps. */
  public static Optional<String> refusal(Residence residence, Tenant tenant, Facts facts) {
    return Relocation.of(tenant, facts)
        .filter(r -> r.moved().isEmpty())
        .flatMap(r -> new Mover(residence, tenant, r, facts).refusal());
  }

  private Lodging lodging(Tenant tenant, Facts facts) {
    return residence.lodging(tenant, facts);
  }

  private Plan plan(Keyring ring, Lodging lodging) {
    var relocation = lodging.relocation();
    if (relocation.isEmpty()) {
      return lodging.wanted().map(to -> begun(ring, lodging, to)).orElseGet(Plan.Absent::new);
    }
    var carriage = new Carriage(residence, ring, relocation.get());
    var mover = new Mover(residence, ring.tenant(), relocation.get(), ring.facts());
    if (relocation.get().moved().isPresent()) {
      return isSoaked(ring, lodging, relocation.get()) ? ended(carriage) : kept(carriage, mover);
    } else if (isUnwanted(lodging, relocation.get()) && !isHanded(mover)) {
      return relocation.get().isGivenUp() ? cleared(carriage, mover) : givenUp(carriage, mover);
    }
    return carried(carriage, mover);
  }

  private Plan begun(Keyring ring, Lodging lodging, String to) {
    if (!isProvisioned(ring)) {
      return new Plan.Hold("its database is being made");
    }
    var begun = Relocation.begun(lodging.server(), to, ring.facts().now());
    return Plan.apply(new Carriage(residence, ring, begun).memory());
  }

  private boolean isProvisioned(Keyring ring) {
    return ring.publication(database.store()).isOf(database.provision(ring));
  }

  private static boolean isUnwanted(Lodging lodging, Relocation relocation) {
    return relocation.isGivenUp()
        || lodging.chosen().filter(c -> !c.shard().equals(relocation.to())).isPresent();
  }

  /** Who has ended well has handed over, unless it was told to give up. */
  private static boolean isHanded(Mover mover) {
    return !mover.relocation().isGivenUp() && mover.carrier().filter(Mover::isDone).isPresent();
  }

  private Plan carried(Carriage carriage, Mover mover) {
    var wishes = surrounded(carriage, mover);
    if (!isProvisioned(carriage.ring()) || mover.refusal().isPresent()) {
      mover.carrier().ifPresent(job -> wishes.add(mover.carrying()));
      return new Plan.Apply(wishes);
    }
    var failed = mover.carrier().filter(Mover::isFailed);
    wishes.addAll(failed.map(Move::again).map(List::of).orElseGet(() -> going(carriage, mover)));
    return new Plan.Apply(wishes);
  }

  private List<Wish> going(Carriage carriage, Mover mover) {
    var wishes = new ArrayList<Wish>();
    if (mover.carrier().isEmpty()) {
      wishes.add(new Wish.External(opening(carriage)));
    }
    wishes.addAll(List.of(mover.carrying(), carriage.handOver(isHanded(mover)), carriage.moved()));
    return wishes;
  }

  private Step opening(Carriage carriage) {
    return database.opening(carriage.relocation().to(), carriage.ring());
  }

  private static Wish again(Job job) {
    return new Wish.Remove(
        job,
        Wish.Cascade.DEPENDENTS,
        Decision.warning("MoveRetried", "what carries the database failed, and begins again"));
  }

  private Plan givenUp(Carriage carriage, Mover mover) {
    var wishes = surrounded(carriage, mover);
    mover.carrier().ifPresent(job -> wishes.add(mover.carrying()));
    wishes.add(carriage.giveUp());
    wishes.add(carriage.givenUp());
    return new Plan.Apply(wishes);
  }

  /** What it left in the source goes before what it made in the target. */
  private Plan cleared(Carriage carriage, Mover mover) {
    var wishes = surrounded(carriage, mover);
    if (mover.clearer().filter(Mover::isDone).isPresent()) {
      return new Plan.Apply(carriage.withoutNew());
    }
    mover
        .clearer()
        .filter(Mover::isFailed)
        .ifPresentOrElse(job -> wishes.add(again(job)), () -> wishes.add(mover.clearing()));
    return new Plan.Apply(wishes);
  }

  private Plan kept(Carriage carriage, Mover mover) {
    var wishes = surrounded(carriage, mover);
    wishes.add(mover.carrying());
    return new Plan.Apply(wishes);
  }

  private boolean isSoaked(Keyring ring, Lodging lodging, Relocation relocation) {
    var until = relocation.moved().orElseThrow().plus(SOAK);
    var asked = Objects.annotations(ring.tenant()).get(END_SOAK);
    return !ring.facts().now().isBefore(until)
        || relocation.from().equals(asked)
        || lodging.wanted().isPresent();
  }

  /** Nothing of it is wished any more, so that all of it goes. */
  private static Plan ended(Carriage carriage) {
    return new Plan.Apply(carriage.withoutFormer());
  }

  private static ArrayList<Wish> surrounded(Carriage carriage, Mover mover) {
    var wishes = new ArrayList<Wish>(mover.surroundings().toList());
    wishes.add(carriage.memory());
    return wishes;
  }
}
