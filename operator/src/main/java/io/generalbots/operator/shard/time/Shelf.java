package io.generalbots.operator.shard.time;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.PartitionState;
import io.generalbots.api.v1alpha1.shard.PartitionStatus;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.sharding.time.Partition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every partition of a policy, in its table or in the archive, as it is told.
 *
 * @param policy whose they are
 * @param facts what is known
 */
public record Shelf(ShardPolicy policy, Facts facts) {

  private static final String FAILED = "ArchiveFailed";

  /** Those in the archive first, then those in tables, by table and time. */
  public List<PartitionStatus> told() {
    var tables = Surveyed.of(policy, facts).orElse(List.of());
    var there = new HashSet<String>();
    tables.stream().flatMap(Surveyed::partitions).forEach(p -> there.add(p.name()));
    var away =
        errands().archived().values().stream()
            .filter(archived -> !there.contains(archived.partition()))
            .map(Shelf::told);
    var present = tables.stream().flatMap(t -> t.partitions().map(p -> told(t, p)));
    return Stream.concat(away, present).toList();
  }

  /** Whether what should be in the archive, or back from it, is not even on its way there. */
  public Condition archiveFailed() {
    return errands()
        .failure()
        .map(words -> Conditions.of(FAILED, true, "JobFailed", words))
        .or(this::unknown)
        .orElseGet(
            () ->
                errands()
                    .running()
                    .map(job -> Conditions.of(FAILED, false, "Carrying", carrying(job)))
                    .orElseGet(
                        () -> Conditions.of(FAILED, false, "NothingDue", "nothing is on its way")));
  }

  private static String carrying(Job job) {
    return (Errands.isRestore(job) ? "restores" : "archives")
        + " partition "
        + Errands.partition(job);
  }

  /** Somebody asks for what nobody ever archived. */
  private Optional<Condition> unknown() {
    var there = told().stream().map(PartitionStatus::name).toList();
    return Archive.asked(policy).stream()
        .filter(name -> !there.contains(name))
        .sorted()
        .reduce((one, next) -> one + ", " + next)
        .map(
            names ->
                Conditions.of(
                    FAILED,
                    true,
                    "NotArchived",
                    "annotation %s names what nobody archived: %s"
                        .formatted(Archive.RESTORE, names)));
  }

  private static PartitionStatus told(Archived archived) {
    return new PartitionStatus(
        archived.partition(),
        archived.table(),
        bound(archived.from()),
        bound(archived.to()),
        PartitionState.ARCHIVED,
        archived.bytes());
  }

  private PartitionStatus told(Surveyed table, Partition partition) {
    var span = partition.span();
    return new PartitionStatus(
        partition.name(),
        table.table().name(),
        TimePartitions.bound(span.from()).orElse(null),
        TimePartitions.bound(span.to()).orElse(null),
        state(partition),
        partition.bytes());
  }

  private PartitionState state(Partition partition) {
    if (partition.isGuarded()) {
      return PartitionState.RESTORED;
    }
    return underway().contains(partition.name()) ? PartitionState.ARCHIVING : PartitionState.ACTIVE;
  }

  private Set<String> underway() {
    return errands().running().map(job -> Set.of(Errands.partition(job))).orElse(Set.of());
  }

  private Errands errands() {
    return new Errands(policy, facts);
  }

  private static @Nullable String bound(String text) {
    return text.isEmpty() ? null : text;
  }
}
