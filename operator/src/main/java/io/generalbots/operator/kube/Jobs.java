package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.generalbots.operator.kernel.Objects;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What runs once: how it ends, and what it says in the end. */
public final class Jobs {

  private static final String JOB_NAME = "batch.kubernetes.io/job-name";
  private static final String COMPLETE = "Complete";

  private Jobs() {}

  /**
   * How long something is tried.
   *
   * @param retries after the first try
   * @param seconds for all of them
   * @param refused the exit code after which nothing is tried again
   */
  public record Patience(int retries, long seconds, int refused) {}

  /** One that runs this pod until it is done or nobody has patience any more. */
  public static Job of(ObjectMeta meta, Part part, Patience patience, PodSpec pod) {
    return new JobBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withBackoffLimit(patience.retries())
        .withActiveDeadlineSeconds(patience.seconds())
        .withPodFailurePolicy(noSecondTryAfter(patience.refused()))
        .withNewTemplate()
        .withMetadata(new ObjectMetaBuilder().withLabels(part.labels()).build())
        .withSpec(pod)
        .endTemplate()
        .endSpec()
        .build();
  }

  /** A pod of such a part, which may do nothing in Kubernetes, without containers yet. */
  public static PodSpecBuilder pod(Part part, long graceSeconds) {
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withServiceAccountName(part.name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(graceSeconds)
        .withSecurityContext(Security.pod());
  }

  private static PodFailurePolicy noSecondTryAfter(int code) {
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withOperator("In")
        .withValues(code)
        .endOnExitCodes()
        .endRule()
        .build();
  }

  /** Of several, the one that was made last. */
  public static Optional<Job> newest(List<Job> jobs) {
    return jobs.stream()
        .reduce((one, next) -> created(next).compareTo(created(one)) < 0 ? one : next);
  }

  /** How it ended; empty while it goes on. */
  public static Optional<JobCondition> ended(Job job) {
    return Optional.ofNullable(job.getStatus()).stream()
        .flatMap(s -> s.getConditions().stream())
        .filter(c -> "True".equals(c.getStatus()))
        .filter(c -> isComplete(c) || "Failed".equals(c.getType()))
        .findFirst();
  }

  /** Whether that is the good end. */
  public static boolean isComplete(JobCondition end) {
    return COMPLETE.equals(end.getType());
  }

  /** The containers of its last pod that have ended. */
  public static Stream<ContainerStatus> last(Job job, List<Pod> pods) {
    return pods.stream()
        .filter(p -> job.getMetadata().getName().equals(Objects.labels(p).get(JOB_NAME)))
        .reduce((one, next) -> created(next).compareTo(created(one)) < 0 ? one : next)
        .flatMap(pod -> Optional.ofNullable(pod.getStatus()))
        .stream()
        .flatMap(s -> s.getContainerStatuses().stream())
        .filter(c -> terminated(c).isPresent());
  }

  /** What a container said in the end, or the little that is known of it. */
  public static Optional<String> said(ContainerStatus container) {
    return terminated(container)
        .map(
            ended ->
                Optional.ofNullable(ended.getMessage())
                    .orElseGet(
                        () -> "%s, code %d".formatted(ended.getReason(), ended.getExitCode())));
  }

  /** The last words of a Job of these pods, or the little that is known of its end. */
  public static String words(Job job, List<Pod> pods) {
    return last(job, pods)
        .flatMap(container -> said(container).stream())
        .findFirst()
        .or(() -> ended(job).flatMap(end -> Optional.ofNullable(end.getMessage())))
        .orElse("its pod is gone");
  }

  private static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
    return Optional.ofNullable(container.getState()).map(ContainerState::getTerminated);
  }

  private static String created(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getCreationTimestamp()).orElse("");
  }
}
