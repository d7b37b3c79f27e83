package io.generalbots.operator.cluster.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wished of media workers, and what is said of them. */
class GStreamerTest {

  private static final Health AWAY = Health.waiting("NotServing", "no gateway is ready");
  private static final String TWO = "replicas: 2, pipeline: videotestsrc ! fakesink";

  @Test
  void switchedOffTheyAreAbsent() {
    var given = new Given().switchedOff();
    assertThat(given.plan()).isInstanceOf(Plan.Absent.class);
    assertThat(given.health().state()).isEqualTo(Health.State.DISABLED);
  }

  @Test
  void theFirstOneWaitsForTheStore() {
    var given = new Given().store(AWAY);
    assertThat(given.wished(Deployment.class)).isEmpty();
    assertThat(given.wished(NetworkPolicy.class)).hasSize(1);
    assertThat(given.health().reason()).isEqualTo("WaitingForStore");
    assertThat(given.health().message()).contains("seaweedfs").contains("no gateway is ready");
  }

  /** Or nobody could mend a pipeline while the store is away. */
  @Test
  void onceBegunTheyFollowTheSpecWhateverTheStoreDoes() {
    var given = new Given().store(AWAY).worker(TWO).having(Given.deployment(0, 1));
    assertThat(given.wished(Deployment.class)).hasSize(2);
    assertThat(given.health().reason()).isEqualTo("WorkersMissing");
  }

  @Test
  void eachHasANumberAndADeploymentThatFindsNoOtherPod() {
    var given = new Given().worker("replicas: 2, pipeline: 'a ! b x=$(WORKER)$(OUTPUT)/$1'");
    var all = given.wished(Deployment.class);
    assertThat(all)
        .extracting(d -> d.getMetadata().getName())
        .containsExactly("demo-gstreamer-0", "demo-gstreamer-1");
    assertThat(all.get(0).getSpec().getSelector()).isNotEqualTo(all.get(1).getSpec().getSelector());
    assertThat(all)
        .allSatisfy(
            d ->
                assertThat(d.getSpec().getTemplate().getMetadata().getLabels().entrySet())
                    .containsAll(d.getSpec().getSelector().getMatchLabels().entrySet()));
    assertThat(container(all.get(1), "gstreamer").getArgs())
        .containsExactly("a", "!", "b", "x=1/output/$$1");
    assertThat(container(all.get(1), "courier").getEnv())
        .anyMatch(e -> "WORKER".equals(e.getName()) && "1".equals(e.getValue()));
  }

  /** What a pipeline reads could be anything that is in its container. */
  @Test
  void thePlayerHasNoSecret() {
    var worker = new Given().wished(Deployment.class).get(0);
    assertThat(container(worker, "gstreamer").getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactly("scripts", "output", "run");
    assertThat(container(worker, "courier").getVolumeMounts())
        .extracting(VolumeMount::getName)
        .contains("store");
    assertThat(pod(worker).getAutomountServiceAccountToken()).isFalse();
  }

  @Test
  void withoutAStoreTheyPlayAllTheSame() {
    var given = new Given().spec("seaweedfs: {enabled: false},").store(AWAY);
    given.having(Given.deployment(0, 1));
    var worker = given.wished(Deployment.class).get(0);
    assertThat(pod(worker).getContainers()).hasSize(1);
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
    assertThat(given.health().message()).contains("no object store");
  }

  @Test
  void whatIsNoPipelineTouchesNothingAndWaitsForAnEdit() {
    var given = new Given().worker("pipeline: 'a ! ! b'");
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().state()).isEqualTo(Health.State.REFUSED);
    assertThat(given.health().serves()).isFalse();
    assertThat(given.health().message()).contains("no element stands before the ! at character 5");
    given.having(Given.deployment(0, 1));
    assertThat(given.health().serves()).isTrue();
    assertThat(given.health().message()).contains("the former pipeline runs on");
  }

  @Test
  void whatGStreamerSaysIsTold() {
    var said = "erroneous pipeline: no element \"nosuch\"";
    var given = new Given().worker(TWO);
    given.having(Given.deployment(0, 0), Given.pod(0, said));
    given.having(Given.deployment(1, 0), Given.pod(1, said));
    assertThat(given.health().reason()).isEqualTo("NoWorkerReady");
    assertThat(given.health().message()).isEqualTo("0 of 2 workers play; " + said);
  }

  /** Or what played before would be taken for what is wished now. */
  @Test
  void aDeploymentThatNobodyHasSeenYetIsNotReady() {
    var changed = Given.deployment(0, 1);
    changed.getMetadata().setGeneration(2L);
    assertThat(new Given().having(changed).health().reason()).isEqualTo("NoWorkerReady");
    assertThat(new Given().having(Given.deployment(0, 1)).health().state())
        .isEqualTo(Health.State.READY);
  }

  @Test
  void theySleepWithTheCluster() {
    var given = new Given().spec("hibernate: true,").having(Given.deployment(0, 1));
    assertThat(given.wished(Deployment.class))
        .allMatch(d -> Integer.valueOf(0).equals(d.getSpec().getReplicas()));
    assertThat(given.health().reason()).isEqualTo("Hibernated");
  }

  private static PodSpec pod(Deployment worker) {
    return worker.getSpec().getTemplate().getSpec();
  }

  private static Container container(Deployment worker, String name) {
    List<Container> all = pod(worker).getContainers();
    return all.stream().filter(c -> name.equals(c.getName())).findFirst().orElseThrow();
  }
}
