package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.generalbots.api.v1alpha1.tenant.ExportState;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.external.tenant.ListKeys;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A Tenant that is exported, and one that begins with an export. */
class TenantExportTest {

  private static final String ASK = "generalbots.io/export";
  private static final String BOOTSTRAP =
      "bots: [{name: sales}], hosts: [acme.example.org], bootstrap: {export: {bucket: archive, key:"
          + " exports/one/manifest.json, secretName: archive}}";

  private final Household household = new Household(Tenants.openCluster());

  @Test
  void whoAsksForNoneHasNothingOfIt() {
    assertThat(household.settle().exports()).isEmpty();
    assertThat(household.all(Job.class)).noneMatch(job -> isOf(job, "export"));
    assertThat(household.has("acme-export-results")).isFalse();
  }

  @Test
  void oneIsMadeForEachNameOnceItsKeysAreListed() {
    household.settle();
    household.steps();
    household.annotate(ASK, "one");
    assertThat(household.settle().exports())
        .extracting(ExportStatus::state)
        .containsExactly(ExportState.RUNNING);
    assertThat(household.steps()).containsExactly(new ListKeys("demo", "bots", "acme"));
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(household.all(Job.class)).filteredOn(job -> isOf(job, "export")).hasSize(1);
    assertThat(household.steps()).isEmpty();
  }

  @Test
  void whatCameOfItIsToldAndStaysToldWhenItsJobIsGone() {
    household.settle();
    household.annotate(ASK, "one");
    household.settle();
    var job = job("export");
    end(
        job,
        "Complete",
        "{\"bucket\":\"sales.gbai\",\"key\":\"exports/one/manifest.json\",\"bytes\":7}",
        0);
    var told = household.settle().exports();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).state()).isEqualTo(ExportState.COMPLETE);
    assertThat(told.get(0).bucket()).isEqualTo("sales.gbai");
    assertThat(told.get(0).bytes()).isEqualTo(7);
    household.remove(job.getMetadata().getName());
    household.steps();
    assertThat(household.settle().exports()).isEqualTo(told);
    assertThat(household.all(Job.class)).noneMatch(j -> isOf(j, "export"));
    assertThat(household.steps()).isEmpty();
  }

  @Test
  void oneComesAfterTheOtherAndTheLastIsToldFirst() {
    household.settle();
    household.annotate(ASK, "one");
    household.settle();
    household.annotate(ASK, "two");
    household.pass(Duration.ofMinutes(1));
    assertThat(household.settle().exports())
        .extracting(e -> e.name() + " " + e.state())
        .containsExactly("one RUNNING");
    end(job("export"), "Failed", "the object store does not answer", 4);
    household.pass(Duration.ofMinutes(1));
    assertThat(household.settle().exports())
        .extracting(e -> e.name() + " " + e.state())
        .containsExactly("two RUNNING", "one FAILED");
    assertThat(household.settle().exports().get(1).message())
        .startsWith("the object store does not answer; another name");
  }

  @Test
  void withoutABucketNothingBeginsAndTheReasonIsTold() {
    household.edit("bots: []");
    household.annotate(ASK, "one");
    var told = household.settle().exports();
    assertThat(told).extracting(ExportStatus::state).containsExactly(ExportState.PENDING);
    assertThat(told.get(0).message()).contains("no bucket");
  }

  @Test
  void aNameThatIsNoneIsTold() {
    household.settle();
    household.annotate(ASK, "../Other");
    assertThat(household.settle().exports()).isEmpty();
    assertThat(status("ConfigurationWarning")).isEqualTo("True InvalidExportName");
  }

  @Test
  void whoBeginsWithAnExportIsLedToByNobodyBefore() {
    household.edit(BOOTSTRAP);
    var status = household.settle();
    assertThat(status.phase()).isEqualTo(TenantPhase.PROVISIONING);
    assertThat(status("Ready")).isEqualTo("False Importing");
    assertThat(household.steps()).contains(new ListKeys("demo", "bots", "acme"));
    assertThat(household.registration()).map(Registration::hosts).contains(List.of());
    end(job("import"), "Complete", "the database, 3 keys and 2 objects", 0);
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(household.registration())
        .map(Registration::hosts)
        .contains(List.of("acme.example.org"));
    assertThat(household.all(ConfigMap.class))
        .anyMatch(c -> Map.of("said", "the database, 3 keys and 2 objects").equals(c.getData()));
  }

  @Test
  void whatWasBroughtInIsNeverBroughtInAgain() {
    household.edit(BOOTSTRAP);
    household.settle();
    var job = job("import");
    end(job, "Complete", "all of it", 0);
    household.settle();
    household.remove(job.getMetadata().getName());
    household.steps();
    household.annotate("generalbots.io/import", "again");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(household.steps()).isEmpty();
    assertThat(household.all(Job.class)).noneMatch(j -> isOf(j, "import"));
  }

  @Test
  void whatFailedWaitsForSomebodyAndIsTriedAgainWhenAsked() {
    household.edit(BOOTSTRAP);
    household.settle();
    var job = job("import");
    end(job, "Failed", "the archive has another checksum", 3);
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.STALLED);
    assertThat(status("Stalled")).isEqualTo("True ImportFailed");
    assertThat(household.registration()).map(Registration::hosts).contains(List.of());
    household.steps();
    household.annotate("generalbots.io/import", "again");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.PROVISIONING);
    assertThat(household.steps()).containsExactly(new ListKeys("demo", "bots", "acme"));
  }

  private Job job(String component) {
    return household.all(Job.class).stream()
        .filter(job -> isOf(job, component))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOf(Job job, String component) {
    return job.getMetadata().getName().startsWith("acme-" + component + "-");
  }

  private void end(Job job, String type, String said, int code) {
    household.put(
        new JobBuilder(job)
            .withNewStatus()
            .withStartTime("2026-01-01T00:01:00Z")
            .addNewCondition()
            .withType(type)
            .withStatus("True")
            .withLastTransitionTime("2026-01-01T00:02:00Z")
            .endCondition()
            .endStatus()
            .build());
    household.put(pod(job, said, code));
  }

  private static Pod pod(Job job, String said, int code) {
    return new PodBuilder()
        .withMetadata(job.getSpec().getTemplate().getMetadata())
        .editMetadata()
        .withName(job.getMetadata().getName() + "-abcde")
        .addToLabels("batch.kubernetes.io/job-name", job.getMetadata().getName())
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("export")
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

  private String status(String type) {
    return Objects.requireNonNull(household.settle()).conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .map(TenantExportTest::words)
        .findFirst()
        .orElse("");
  }

  private static String words(Condition condition) {
    return condition.getStatus() + " " + condition.getReason();
  }
}
