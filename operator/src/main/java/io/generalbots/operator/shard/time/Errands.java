package io.generalbots.operator.shard.time;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Jobs;
import io.generalbots.operator.kube.Part;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Jobs of a policy that bring partitions into the archive and back, and what is written down of
 * those that ended.
 *
 * @param policy whose they are
 * @param facts what is known of its objects
 */
record Errands(ShardPolicy policy, Facts facts) {

  /** What a Job is about, on the Job. */
  static final String PARTITION = "generalbots.io/partition";

  static final String WAY = "generalbots.io/way";

  private static final String LEDGER = "results";
  private static final int LENGTH = 8;

  /** Which way a partition is carried. */
  enum Way {
    /** Into the archive. */
    ARCHIVE,
    /** Back. */
    RESTORE
  }

  static Part part(ShardPolicy policy) {
    var component = "archive-" + policy.getMetadata().getName();
    return new Part(policy.getSpec().clusterRef().name(), component);
  }

  /**
   * The suffix of a Job that is about this state of a partition. What failed is tried again the day
   * after.
   */
  String turn(Way way, String partition, long changes) {
    var day = facts.now().toString().substring(0, "2026-01-01".length());
    var words = "%s|%s|%d|%s".formatted(way, partition, changes, day);
    return Digest.sha256(words).substring(0, LENGTH);
  }

  Optional<Job> job(String turn) {
    return facts.find(Job.class, part(policy).name(turn));
  }

  /** The one that goes on, which nothing else should end. */
  Optional<Job> running() {
    return facts.all(Job.class, part(policy).selector()).stream()
        .filter(job -> Jobs.ended(job).isEmpty())
        .findFirst();
  }

  /** What a Job said that ended well. */
  Optional<String> said(Job job) {
    return Jobs.ended(job).filter(Jobs::isComplete).map(end -> words(job));
  }

  /** The last words of the newest, if that failed. */
  Optional<String> failure() {
    return Jobs.newest(facts.all(Job.class, part(policy).selector()))
        .filter(job -> Jobs.ended(job).filter(end -> !Jobs.isComplete(end)).isPresent())
        .map(
            job ->
                "%s of partition %s: %s; see the log of Job %s; it is tried again the day after"
                    .formatted(
                        isRestore(job) ? "restoring" : "archiving",
                        partition(job),
                        words(job),
                        job.getMetadata().getName()));
  }

  static String partition(Job job) {
    return Objects.annotations(job).getOrDefault(PARTITION, "");
  }

  static boolean isRestore(Job job) {
    return Way.RESTORE.name().equals(Objects.annotations(job).get(WAY));
  }

  /** All that is known to be in the archive, by the name of the partition. */
  Map<String, Archived> archived() {
    var all = new TreeMap<String, Archived>();
    facts
        .find(ConfigMap.class, part(policy).name(LEDGER))
        .flatMap(map -> Optional.ofNullable(map.getData()))
        .ifPresent(lines -> lines.values().forEach(line -> note(line, all)));
    facts.all(Job.class, part(policy).selector()).stream()
        .filter(job -> !isRestore(job))
        .flatMap(job -> said(job).stream())
        .forEach(words -> note(words, all));
    return all;
  }

  private static void note(String line, Map<String, Archived> all) {
    Archived.read(line).ifPresent(archived -> all.put(archived.partition(), archived));
  }

  /** All of it, written down. */
  ConfigMap ledger() {
    var lines = new TreeMap<String, String>();
    archived().forEach((name, archived) -> lines.put(name, archived.line()));
    return new ConfigMapBuilder().withMetadata(part(policy).meta(LEDGER)).withData(lines).build();
  }

  private String words(Job job) {
    return Jobs.words(job, facts.all(Pod.class, part(policy).selector()));
  }
}
