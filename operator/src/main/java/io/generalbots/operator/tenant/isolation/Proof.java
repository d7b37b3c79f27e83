package io.generalbots.operator.tenant.isolation;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the last turn showed, as a condition.
 *
 * @param tenant who was tried
 * @param facts what is known of its own namespace
 */
public record Proof(Tenant tenant, Facts facts) {

  private static final String TYPE = "Isolated";
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";

  /**
   * The condition; what was shown before holds while the next turn is under way.
   *
   * @param before the conditions of the last round
   */
  public Condition condition(List<Condition> before) {
    var job = job();
    if (job.isEmpty()) {
      return Conditions.unknown(TYPE, "NotChecked", notChecked());
    }
    return ended(job.get())
        .map(end -> judged(job.get(), end))
        .or(() -> before.stream().filter(c -> TYPE.equals(c.getType())).findFirst())
        .orElseGet(() -> Conditions.unknown(TYPE, "Checking", "it is being tried"));
  }

  /** Of two, the one that was made last. */
  private Optional<Job> job() {
    return facts.all(Job.class, IsolationCheck.part(tenant).selector()).stream()
        .reduce((one, next) -> created(next).compareTo(created(one)) < 0 ? one : next);
  }

  private static String created(Job job) {
    return Optional.ofNullable(job.getMetadata().getCreationTimestamp()).orElse("");
  }

  private static Optional<JobCondition> ended(Job job) {
    return Optional.ofNullable(job.getStatus()).stream()
        .flatMap(s -> s.getConditions().stream())
        .filter(c -> "True".equals(c.getStatus()))
        .filter(c -> "Complete".equals(c.getType()) || "Failed".equals(c.getType()))
        .findFirst();
  }

  private Condition judged(Job job, JobCondition end) {
    if ("Complete".equals(end.getType())) {
      return Conditions.of(TYPE, true, "AllRefused", told(job, end));
    } else if ("PodFailurePolicy".equals(end.getReason())) {
      return Conditions.of(TYPE, false, "LetThrough", told(job, end));
    }
    return Conditions.unknown(TYPE, "CannotTell", told(job, end));
  }

  /** By store what its container said in the end, or the little that the Job knows. */
  private String told(Job job, JobCondition end) {
    var said =
        facts.all(Pod.class, IsolationCheck.part(tenant).selector()).stream()
            .filter(p -> name(job).equals(Objects.labels(p).get(JOB_NAME)))
            .reduce((one, next) -> next)
            .map(Proof::said)
            .filter(s -> !s.isEmpty())
            .orElseGet(() -> Optional.ofNullable(end.getMessage()).orElse("its pod is gone"));
    return "at %s: %s; see the log of Job %s"
        .formatted(end.getLastTransitionTime(), said, name(job));
  }

  private static String said(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(s -> s.getContainerStatuses().stream())
        .flatMap(Proof::said)
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static Stream<String> said(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getTerminated)
        .map(ended -> "%s: %s".formatted(container.getName(), said(ended)))
        .stream();
  }

  private static String said(ContainerStateTerminated ended) {
    return Optional.ofNullable(ended.getMessage())
        .orElseGet(() -> "%s, code %d".formatted(ended.getReason(), ended.getExitCode()));
  }

  private String notChecked() {
    return tenant.getSpec().suspend()
        ? "nothing is tried while it is suspended"
        : "it is tried at %s, once every store lets it in; at once with a new value of annotation %s"
            .formatted(new Schedule(tenant, facts.now()).next(), Schedule.CHECK);
  }

  private static String name(Job job) {
    return job.getMetadata().getName();
  }
}
