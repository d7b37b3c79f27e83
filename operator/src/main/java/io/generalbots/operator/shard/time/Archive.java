package io.generalbots.operator.shard.time;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.external.partition.KeepPartitions;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.sharding.time.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings partitions that are older than they are to be kept into the object store and removes them
 * then, one at a time; and back, where somebody asks for them by name.
 *
 * @param cluster whose partitions they are
 * @param part of the cluster that it is, one for each policy
 */
public record Archive(BotCluster cluster, Part part) implements Component<ShardPolicy> {

  /** A user writes names of partitions, which are to be back for as long as they stand there. */
  public static final String RESTORE = "generalbots.io/restore";

  /** That of a policy. */
  public static Archive of(BotCluster cluster, ShardPolicy policy) {
    return new Archive(cluster, Errands.part(policy));
  }

  @Override
  public String name() {
    return part.component();
  }

  /** What is in the archive is written down before the partition goes. */
  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    var tables = Surveyed.of(policy, facts);
    if (tables.isEmpty()) {
      return new Plan.Hold("nobody has looked at the tables");
    }
    var errands = new Errands(policy, facts);
    var work = new Work(policy, facts, tables.get());
    var wishes = new ArrayList<Wish>();
    if (!errands.archived().isEmpty()) {
      wishes.add(new Wish.Kept(errands.ledger()));
    }
    work.job()
        .ifPresent(
            job -> {
              new Carrier(cluster, policy, facts).surroundings().forEach(wishes::add);
              wishes.add(new Wish.Once(job, false));
            });
    work.removals().forEach(wishes::add);
    return new Plan.Apply(wishes);
  }

  /** It serves nobody: how it is is told in a condition of its own. */
  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    return Health.disabled();
  }

  /** The names that somebody asked for. */
  static Set<String> asked(ShardPolicy policy) {
    var written = Objects.annotations(policy).getOrDefault(RESTORE, "");
    return Set.copyOf(
        Stream.of(written.split("[,\\s]+")).filter(n -> !n.isEmpty()).distinct().toList());
  }

  /** What is to be carried or removed now. */
  private final class Work {

    private final ShardPolicy policy;
    private final Errands errands;
    private final Carrier carrier;
    private final List<Surveyed.Old> old;
    private final Set<String> there;

    Work(ShardPolicy policy, Facts facts, List<Surveyed> tables) {
      this.policy = policy;
      this.errands = new Errands(policy, facts);
      this.carrier = new Carrier(cluster, policy, facts);
      var asked = asked(policy);
      this.old =
          Surveyed.old(policy, facts, tables).stream()
              .filter(o -> !asked.contains(o.partition().name()))
              .toList();
      this.there =
          Set.copyOf(tables.stream().flatMap(Surveyed::partitions).map(p -> p.name()).toList());
    }

    /** The one that goes on; else the next one, or the last one that says what came of it. */
    Optional<Job> job() {
      return errands.running().map(Work::same).or(this::archiving).or(this::restoring);
    }

    /** A copy: what is found belongs to the cache. */
    private static Job same(Job job) {
      return new JobBuilder(job).build();
    }

    private Optional<Job> archiving() {
      return Optional.ofNullable(policy.getSpec().time())
          .filter(time -> Boolean.TRUE.equals(time.autoArchive()))
          .flatMap(time -> old.stream().findFirst())
          .map(o -> carrier.job(Errands.Way.ARCHIVE, turn(o), told(o)));
    }

    private Map<String, String> told(Surveyed.Old o) {
      return Map.of(
          "TABLE", o.table().name(),
          "PARTITION", o.partition().name(),
          "FROM", TimePartitions.bound(o.partition().span().from()).orElse(""),
          "TO", TimePartitions.bound(o.partition().span().to()).orElse(""));
    }

    private Optional<Job> restoring() {
      return asked(policy).stream()
          .sorted()
          .filter(name -> !there.contains(name))
          .flatMap(name -> Optional.ofNullable(errands.archived().get(name)).stream())
          .findFirst()
          .map(this::restoring);
    }

    private Job restoring(Archived archived) {
      var told = Map.of("TABLE", archived.table(), "PARTITION", archived.partition());
      var turn = errands.turn(Errands.Way.RESTORE, archived.partition(), 0);
      return carrier.job(Errands.Way.RESTORE, turn, told);
    }

    /** Where nothing is to be archived, whatever is old goes as it is. */
    Stream<Wish> removals() {
      var isArchived =
          Optional.ofNullable(policy.getSpec().time())
              .filter(time -> Boolean.TRUE.equals(time.autoArchive()))
              .isPresent();
      return isArchived
          ? old.stream().flatMap(o -> sum(o).map(sum -> removal(o, Optional.of(sum))).stream())
          : old.stream().map(o -> removal(o, Optional.empty()));
    }

    private Optional<String> sum(Surveyed.Old o) {
      return errands
          .job(turn(o))
          .flatMap(errands::said)
          .flatMap(Archived::read)
          .filter(archived -> archived.partition().equals(o.partition().name()))
          .map(Archived::sum);
    }

    private String turn(Surveyed.Old o) {
      return errands.turn(Errands.Way.ARCHIVE, o.partition().name(), o.partition().changes());
    }

    private Wish removal(Surveyed.Old o, Optional<String> sum) {
      return new Wish.External(
          new KeepPartitions(
              policy.getSpec().clusterRef().name(),
              o.table().name(),
              o.column(),
              new Deed.RemovePartition(o.partition().name(), sum)));
    }
  }
}
