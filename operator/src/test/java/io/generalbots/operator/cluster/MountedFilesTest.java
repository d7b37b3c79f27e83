package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.operator.golden.Numbered;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Volumes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every pod bears the versions of the files it mounts, whoever else writes on it. */
class MountedFilesTest {

  private static final String FILES = "generalbots.io/files";

  @Test
  void aPodBearsTheVersionsOfWhatItMounts() {
    var pod = pod("demo-mail-0", "mail");
    assertThat(marks(Plan.apply(), pod, secret("7"), map("8"))).containsExactly("7.8");
    assertThat(marks(Plan.apply(), pod, secret("9"), map("8"))).containsExactly("9.8");
  }

  @Test
  void whatItDoesNotMountIsNothingToIt() {
    var other = new SecretBuilder().withMetadata(meta("other", "mail", "5")).build();
    assertThat(marks(Plan.apply(), pod("demo-mail-0", "mail"), secret("7"), other))
        .containsExactly("7");
  }

  @Test
  void aPartOfAComponentIsMarkedWithItAndAnotherComponentIsNot() {
    assertThat(marks(Plan.apply(), pod("demo-mail-list-0", "mail-list"), secret("7"))).hasSize(1);
    assertThat(marks(Plan.apply(), pod("demo-mailman-0", "mailman"), secret("7"))).isEmpty();
  }

  @Test
  void aPodOnItsWayOutIsLeftAlone() {
    var pod = pod("demo-mail-0", "mail");
    pod.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertThat(marks(Plan.apply(), pod, secret("7"))).isEmpty();
  }

  /** Two of them by one field manager would undo each other. */
  @Test
  void theMarkGoesWithWhatTheComponentItselfWrites() {
    var pod = pod("demo-mail-0", "mail");
    var role = new PodBuilder().withMetadata(meta("demo-mail-0", "mail", "1")).build();
    role.getMetadata().setAnnotations(Map.of("role", "primary"));
    var plan = mark(Plan.apply(new Wish.Amend(role)), pod, secret("7"));
    assertThat(plan.wishes()).hasSize(1);
    assertThat(written(plan).get(0))
        .containsOnly(Map.entry("role", "primary"), Map.entry(FILES, "7"));
  }

  private static List<String> marks(Plan plan, HasMetadata... owned) {
    return written(mark(plan, owned)).stream().map(a -> a.getOrDefault(FILES, "")).toList();
  }

  private static Plan.Apply mark(Plan plan, HasMetadata... owned) {
    var facts = new Facts(Instant.EPOCH, new Numbered(), List.of(owned), World.SETTINGS);
    return (Plan.Apply) new MountedFiles(facts).mark("mail", plan);
  }

  private static List<Map<String, String>> written(Plan.Apply plan) {
    return plan.wishes().stream().map(w -> Objects.annotations(((Wish.Amend) w).object())).toList();
  }

  private static Pod pod(String name, String component) {
    return new PodBuilder()
        .withMetadata(meta(name, component, "1"))
        .withNewSpec()
        .withVolumes(
            Volumes.secret("tls", "demo-server"), Volumes.configMap("settings", "demo-mail"))
        .endSpec()
        .build();
  }

  private static HasMetadata secret(String version) {
    return new SecretBuilder().withMetadata(meta("demo-server", "certificates", version)).build();
  }

  private static HasMetadata map(String version) {
    return new ConfigMapBuilder().withMetadata(meta("demo-mail", "mail", version)).build();
  }

  private static ObjectMeta meta(String name, String component, String version) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withUid("uid-of-" + name)
        .withResourceVersion(version)
        .withLabels(Map.of(Labels.COMPONENT, component))
        .build();
  }
}
