package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.kernel.Wishes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which bot servers gateways are told, and how. */
class ServersFileTest {

  private static final Pod ONE = Given.bot("one", "10.0.0.7", true);
  private static final Pod TWO = Given.bot("two", "10.0.0.12", true);

  @Test
  void itNamesEachByItsAddressBelowARevision() {
    assertThat(text(Given.gateway("{}").having(ONE, TWO)).lines())
        .satisfiesExactly(
            first -> assertThat(first).matches("# revision [0-9a-f]{12}"),
            second -> assertThat(second).isEqualTo("10.0.0.12:8080"),
            third -> assertThat(third).isEqualTo("10.0.0.7:8080"));
  }

  @Test
  void theRevisionFollowsTheList() {
    var both = text(Given.gateway("{}").having(ONE, TWO));
    assertThat(text(Given.gateway("{}").having(TWO, ONE))).isEqualTo(both);
    assertThat(revision(text(Given.gateway("{}").having(ONE)))).isNotEqualTo(revision(both));
    assertThat(revision(text(Given.gateway("{healthCheck: {failSeconds: 31}}").having(ONE, TWO))))
        .isEqualTo(revision(both));
  }

  /** Gateways tell by the revision that they have taken it, so that it has to have one. */
  @Test
  void withoutABotServerItIsThereAllTheSame() {
    assertThat(text(Given.gateway("{}"))).matches("# revision [0-9a-f]{12}\n");
  }

  @Test
  void whoHasNotStartedOrIsOnItsWayOutIsNotNamed() {
    var starting = Given.bot("three", "10.0.0.9", false);
    var going =
        new PodBuilder(TWO)
            .editMetadata()
            .withDeletionTimestamp("2030-01-01T00:00:00Z")
            .endMetadata()
            .build();
    var marked =
        new PodBuilder(TWO)
            .editMetadata()
            .withName("four")
            .addToLabels("generalbots.io/stage", "Draining")
            .endMetadata()
            .build();
    assertThat(text(Given.gateway("{}").having(ONE, going, starting, marked)).lines().skip(1))
        .containsExactly("10.0.0.7:8080");
  }

  @Test
  void anAddressOfTheNewerKindIsBracketed() {
    assertThat(text(Given.gateway("{}").having(Given.bot("one", "fd00::7", true))).lines().skip(1))
        .containsExactly("[fd00::7]:8080");
  }

  /** A line that is there twice would be refused, and all others with it. */
  @Test
  void anAddressThatTwoPodsHaveIsThereOnce() {
    var same = Given.bot("two", "10.0.0.7", true);
    assertThat(text(Given.gateway("{}").having(ONE, same)).lines().skip(1))
        .containsExactly("10.0.0.7:8080");
  }

  /** What the follower is told of it hands to Caddy anew, which closes connections. */
  @Test
  void caddyReadsItAndTheFollowerKnowsNothingOfIt() {
    var pod = Given.gateway("{}").wished(Deployment.class).getSpec().getTemplate().getSpec();
    assertThat(pod.getVolumes())
        .filteredOn(v -> "servers".equals(v.getName()))
        .extracting(v -> v.getConfigMap().getName())
        .containsExactly("demo-gateway-servers");
    assertThat(mounts(pod.getContainers(), "caddy")).contains("/etc/gateway/servers");
    assertThat(mounts(pod.getContainers(), "follower")).doesNotContain("/etc/gateway/servers");
    assertThat(pod.getContainers())
        .filteredOn(c -> "follower".equals(c.getName()))
        .allSatisfy(c -> assertThat(c.getCommand()).noneMatch(w -> w.contains("servers")));
  }

  private static List<String> mounts(List<Container> containers, String name) {
    return containers.stream()
        .filter(c -> name.equals(c.getName()))
        .flatMap(c -> c.getVolumeMounts().stream())
        .map(VolumeMount::getMountPath)
        .toList();
  }

  private static String text(Given given) {
    return given.wishes().stream()
        .flatMap(w -> Wishes.object(w).stream())
        .filter(ConfigMap.class::isInstance)
        .map(ConfigMap.class::cast)
        .filter(map -> "demo-gateway-servers".equals(map.getMetadata().getName()))
        .map(map -> map.getData().get("addresses"))
        .findFirst()
        .orElseThrow();
  }

  private static String revision(String text) {
    return text.lines().findFirst().orElseThrow();
  }
}
