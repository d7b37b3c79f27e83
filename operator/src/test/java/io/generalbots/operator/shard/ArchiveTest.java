package io.generalbots.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.PartitionState;
import io.generalbots.operator.external.partition.KeepPartitions;
import io.generalbots.operator.external.partition.TablesRead;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.sharding.time.Deed;
import io.generalbots.sharding.time.Overflow;
import io.generalbots.sharding.time.Partition;
import io.generalbots.sharding.time.Span;
import io.generalbots.sharding.time.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchiveTest {

  private static final String OLD = "message_history_2025_01";
  private static final String SAID =
      "{\"table\":\"message_history\",\"partition\":\"%s\",\"from\":\"2025-01-01T00:00:00Z\",\"to\":\"2025-02-01T00:00:00Z\","
              .formatted(OLD)
          + "\"rows\":3,\"digest\":\"-42\",\"bytes\":7,\"sha256\":\"00\",\"bucket\":\"demo-archive\",\"key\":\"botserver/rows.dump\"}";

  @Test
  void carriesWhatIsOverIntoTheArchiveAndRemovesNothingYet() {
    var round = Policy.round(policy(""), read(7));
    var job = job(round);
    assertThat(container(job, "PARTITION")).isEqualTo(OLD);
    assertThat(container(job, "FROM")).isEqualTo("2025-01-01T00:00:00Z");
    assertThat(container(job, "BUCKET")).isEqualTo("demo-archive");
    assertThat(removals(round)).isEmpty();
  }

  @Test
  void itsPodIsClosedAndHoldsNoPrivilege() {
    var round = Policy.round(policy(""), read(7));
    var pod = job(round).getSpec().getTemplate();
    var policies = Policy.objects(round, NetworkPolicy.class);
    assertThat(policies).hasSize(1);
    assertThat(pod.getMetadata().getLabels().entrySet())
        .containsAll(policies.get(0).getSpec().getPodSelector().getMatchLabels().entrySet());
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    var security = pod.getSpec().getContainers().get(0).getSecurityContext();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
  }

  /** It is not ended for another one, and the partition is told to be on its way. */
  @Test
  void leavesTheOneThatGoesOn() {
    var running = job(Policy.round(policy(""), read(7)));
    var round = Policy.round(policy(""), read(8), running);
    assertThat(job(round).getMetadata().getName()).isEqualTo(running.getMetadata().getName());
    assertThat(removals(round)).isEmpty();
    assertThat(Policy.said(round, "ArchiveFailed").getMessage())
        .isEqualTo("archives partition " + OLD);
    assertThat(round.status(new Outcome(Map.of())).partitions())
        .anySatisfy(p -> assertThat(p.state()).isEqualTo(PartitionState.ARCHIVING));
  }

  @Test
  void writesDownWhatIsInTheArchiveBeforeItGoes() {
    var round = Policy.round(policy(""), read(7), ended(read(7), "Complete", SAID));
    var wishes = Policy.wishes(round);
    assertThat(wishes.get(0)).isInstanceOf(Wish.Kept.class);
    assertThat(Policy.objects(round, ConfigMap.class).get(0).getData()).containsKey(OLD);
    assertThat(removals(round))
        .containsExactly(new Deed.RemovePartition(OLD, Optional.of("3 -42")));
  }

  @Test
  void archivesAgainWhatHasChangedSince() {
    var round = Policy.round(policy(""), read(8), ended(read(7), "Complete", SAID));
    assertThat(removals(round)).isEmpty();
    assertThat(job(round).getMetadata().getName())
        .isNotEqualTo(job(Policy.round(policy(""), read(7))).getMetadata().getName());
  }

  @Test
  void removesNothingThatWasNotArchived() {
    var failed = ended(read(7), "Failed", "the object store does not answer");
    var round = Policy.round(policy(""), read(7), failed);
    assertThat(removals(round)).isEmpty();
    assertThat(Policy.said(round, "ArchiveFailed").getMessage())
        .contains(OLD, "the object store does not answer", "the day after");
  }

  @Test
  void believesNoOtherPartitionsArchive() {
    var other = SAID.replace(OLD, "message_history_2025_02");
    var round = Policy.round(policy(""), read(7), ended(read(7), "Complete", other));
    assertThat(removals(round)).isEmpty();
    var nonsense = Policy.round(policy(""), read(7), ended(read(7), "Complete", "[]"));
    assertThat(removals(nonsense)).isEmpty();
  }

  @Test
  void removesAtOnceWhatIsNotToBeArchived() {
    var round = Policy.round(policy(", autoArchive: false"), read(7));
    assertThat(Policy.objects(round, Job.class)).isEmpty();
    assertThat(removals(round)).containsExactly(new Deed.RemovePartition(OLD, Optional.empty()));
  }

  @Test
  void leavesWhatSomebodyAskedFor() {
    var round = Policy.round(asking(OLD), read(7));
    assertThat(Policy.wishes(round)).isEmpty();
  }

  @Test
  void bringsBackWhatSomebodyAsksFor() {
    var before = Policy.round(policy(""), read(7), ended(read(7), "Complete", SAID));
    var ledger = Policy.objects(before, ConfigMap.class).get(0);
    var round = Policy.round(asking(OLD + ", other"), gone(), ledger);
    assertThat(container(job(round), "PARTITION")).isEqualTo(OLD);
    assertThat(job(round).getSpec().getTemplate().getSpec().getContainers().get(0).getCommand())
        .containsExactly("python3", "/programs/restore.py");
    assertThat(Policy.said(round, "ArchiveFailed").getMessage()).endsWith(": other");
    assertThat(round.status(new Outcome(Map.of())).partitions())
        .anySatisfy(
            p -> {
              assertThat(p.name()).isEqualTo(OLD);
              assertThat(p.state()).isEqualTo(PartitionState.ARCHIVED);
            });
  }

  /** A clock that is a year ahead, as the server's or as ours. */
  @Test
  void goesByTheClockThatIsBehind() {
    var server = new TablesRead(Policy.NOW.plusSeconds(40_000_000), gone().tables());
    assertThat(removals(Policy.round(policy(", autoArchive: false"), server))).isEmpty();
    var ours = new TablesRead(Instant.parse("2024-01-01T00:00:00Z"), read(7).tables());
    assertThat(removals(Policy.round(policy(", autoArchive: false"), ours))).isEmpty();
  }

  private static ShardPolicy policy(String more) {
    return Policy.of(
        "by-month",
        1,
        "strategy: Time, time: {tables: [{name: message_history, column: created_at}]%s}"
            .formatted(more));
  }

  private static ShardPolicy asking(String names) {
    var policy = policy("");
    policy.getMetadata().setAnnotations(Map.of("generalbots.io/restore", names));
    return policy;
  }

  private static TablesRead read(long changes) {
    var old = new Partition(OLD, span("2025-01-01", "2025-02-01"), 1, changes, false);
    return Policy.read(table(old, new Partition("rest", span("2025-12-01", "2028-01-01"), 1)));
  }

  private static TablesRead gone() {
    return Policy.read(table(new Partition("rest", span("2025-12-01", "2028-01-01"), 1)));
  }

  private static Table table(Partition... partitions) {
    var overflow = new Overflow("message_history_default", Optional.empty(), Optional.empty());
    return new Table(
        "message_history",
        new Table.Partitioned(
            List.of("created_at"), true, List.of(partitions), Optional.of(overflow)));
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
  }

  /** The Job of a round of before, and its pod, after it came to this end. */
  private static HasMetadata[] ended(TablesRead read, String type, String words) {
    var job =
        new JobBuilder(job(Policy.round(policy(""), read)))
            .withNewStatus()
            .addNewCondition()
            .withType(type)
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();
    return new HasMetadata[] {job, pod(job, words)};
  }

  private static Pod pod(Job job, String words) {
    var state = new ContainerStateBuilder().withNewTerminated().withMessage(words).endTerminated();
    return new PodBuilder()
        .withNewMetadata()
        .withName("pod")
        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
        .addToLabels("batch.kubernetes.io/job-name", job.getMetadata().getName())
        .endMetadata()
        .withNewStatus()
        .withContainerStatuses(new ContainerStatusBuilder().withState(state.build()).build())
        .endStatus()
        .build();
  }

  private static Job job(ShardPolicyBlueprint round) {
    return Policy.objects(round, Job.class).get(0);
  }

  private static String container(Job job, String variable) {
    return job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
        .filter(e -> variable.equals(e.getName()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<Deed> removals(ShardPolicyBlueprint round) {
    return Policy.wishes(round).stream()
        .flatMap(w -> w instanceof Wish.External e ? Stream.of(e.step()) : Stream.empty())
        .map(step -> ((KeepPartitions) step).deed())
        .filter(Deed.RemovePartition.class::isInstance)
        .toList();
  }
}
