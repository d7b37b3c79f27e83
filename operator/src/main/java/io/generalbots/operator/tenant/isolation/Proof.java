package io.generalbots.operator.tenant.isolation;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Jobs;
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
    return Jobs.ended(job.get())
        .map(end -> judged(job.get(), end))
        .or(() -> before.stream().filter(c -> TYPE.equals(c.getType())).findFirst())
        .orElseGet(() -> Conditions.unknown(TYPE, "Checking", "it is being tried"));
  }

  private Optional<Job> job() {
    return Jobs.newest(facts.all(Job.class, IsolationCheck.part(tenant).selector()));
  }

  private Condition judged(Job job, JobCondition end) {
    if (Jobs.isComplete(end)) {
      return Conditions.of(TYPE, true, "AllRefused", told(job, end));
    } else if ("PodFailurePolicy".equals(end.getReason())) {
      return Conditions.of(TYPE, false, "LetThrough", told(job, end));
    }
    return Conditions.unknown(TYPE, "CannotTell", told(job, end));
  }

  /** By store what its container said in the end, or the little that the Job knows. */
  private String told(Job job, JobCondition end) {
    var said =
        Jobs.last(job, facts.all(Pod.class, IsolationCheck.part(tenant).selector()))
            .flatMap(Proof::said)
            .sorted()
            .collect(Collectors.joining("; "));
    var words =
        said.isEmpty() ? Optional.ofNullable(end.getMessage()).orElse("its pod is gone") : said;
    return "at %s: %s; see the log of Job %s"
        .formatted(end.getLastTransitionTime(), words, job.getMetadata().getName());
  }

  private static Stream<String> said(ContainerStatus container) {
    return Jobs.said(container)
        .map(words -> "%s: %s".formatted(container.getName(), words))
        .stream();
  }

  private String notChecked() {
    return tenant.getSpec().suspend()
        ? "nothing is tried while it is suspended"
        : "it is tried at %s, once every store lets it in; at once with a new value of annotation %s"
            .formatted(new Schedule(tenant, facts.now()).next(), Schedule.CHECK);
  }
}
