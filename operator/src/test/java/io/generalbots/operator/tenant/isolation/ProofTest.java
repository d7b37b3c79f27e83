package io.generalbots.operator.tenant.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a Job and its pod say becomes the condition. */
class ProofTest {

  private static final String ENDED = "2026-01-01T03:00:00Z";

  private final Tenant tenant = Tenants.tenant("team", "acme", 1, "bots: [{name: sales}]");

  ProofTest() {
    tenant.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
  }

  @Test
  void beforeTheFirstTurnNobodyKnows() {
    var told = told();
    assertThat(told.getStatus()).isEqualTo("Unknown");
    assertThat(told.getReason()).isEqualTo("NotChecked");
    assertThat(told.getMessage()).contains("2026-01-01T00:", Schedule.CHECK);
  }

  @Test
  void whatEachContainerSaidIsTold() {
    var told = told(job("1", "Complete", ""), pod("1", "20 tries refused", 0));
    assertThat(told.getStatus()).isEqualTo("True");
    assertThat(told.getMessage())
        .isEqualTo("at %s: postgres: 20 tries refused; see the log of Job acme-isolation-1", ENDED);
  }

  @Test
  void oneThatWasLetThroughIsWorseThanAnythingElse() {
    var job = job("1", "Failed", "PodFailurePolicy");
    var told = told(job, pod("1", "let through: KEYS *", 3));
    assertThat(told.getStatus()).isEqualTo("False");
    assertThat(told.getReason()).isEqualTo("LetThrough");
    assertThat(told.getMessage()).contains("let through: KEYS *");
  }

  @Test
  void aStoreThatDoesNotAnswerShowsNothing() {
    var told = told(job("1", "Failed", "BackoffLimitExceeded"));
    assertThat(told.getStatus()).isEqualTo("Unknown");
    assertThat(told.getReason()).isEqualTo("CannotTell");
  }

  @Test
  void whatWasShownHoldsWhileTheNextTurnIsUnderWay() {
    var before = Conditions.of("Isolated", true, "AllRefused", "yesterday");
    var told = new Proof(tenant, facts(running())).condition(List.of(before));
    assertThat(told).isEqualTo(before);
    assertThat(told(running()).getReason()).isEqualTo("Checking");
  }

  @Test
  void ofTwoTurnsTheLaterOneCounts() {
    var earlier = job("0", "Failed", "PodFailurePolicy");
    earlier.getMetadata().setCreationTimestamp("2026-01-01T01:00:00Z");
    assertThat(told(job("1", "Complete", ""), earlier).getStatus()).isEqualTo("True");
    assertThat(told(earlier, job("1", "Complete", "")).getStatus()).isEqualTo("True");
  }

  private Condition told(HasMetadata... objects) {
    return new Proof(tenant, facts(objects)).condition(List.of());
  }

  private static Facts facts(HasMetadata... objects) {
    var now = Instant.parse("2026-01-01T00:00:10Z");
    var settings = new Settings("operator", "cluster.local", Map.of());
    return new Facts(now, new SecureEntropy(), List.of(objects), settings);
  }

  private Job running() {
    var job = job("1", "Suspended", "");
    job.getStatus().setConditions(List.of());
    return job;
  }

  private Job job(String turn, String end, String reason) {
    var meta = IsolationCheck.part(tenant).meta(turn);
    meta.setCreationTimestamp("2026-01-01T02:00:00Z");
    return new JobBuilder()
        .withMetadata(meta)
        .withNewStatus()
        .addNewCondition()
        .withType(end)
        .withStatus("True")
        .withReason(reason)
        .withLastTransitionTime(ENDED)
        .endCondition()
        .endStatus()
        .build();
  }

  private Pod pod(String turn, String said, int code) {
    var part = IsolationCheck.part(tenant);
    return new PodBuilder()
        .withMetadata(part.meta(turn + "-abcde"))
        .editMetadata()
        .addToLabels("batch.kubernetes.io/job-name", part.name(turn))
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("postgres")
        .withNewState()
        .withNewTerminated()
        .withMessage(said)
        .withExitCode(code)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
