package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.generalbots.operator.kernel.ApiServer;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for everything that is ever rendered. */
class LawsTest {

  private static final int LONGEST_NAME = 63;

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void planningTwiceGivesTheSame(Case given) {
    assertThat(Yaml.of(World.settled(given))).isEqualTo(Yaml.of(World.settled(given)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatWasAppliedIsWishedAgain(Case given) {
    var world = new World(given.cluster());
    for (var round = 0; round < World.ROUNDS; round++) {
      world.round(Instant.EPOCH);
    }
    var before = Yaml.of(world.objects());
    world.round(Instant.EPOCH);
    assertThat(Yaml.of(world.objects())).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyObjectIsMarkedAsOurs(Case given) {
    assertThat(World.settled(given))
        .allSatisfy(
            object -> {
              assertThat(object.getMetadata().getNamespace()).isEqualTo(Case.NAMESPACE);
              assertThat(object.getMetadata().getName()).hasSizeLessThanOrEqualTo(LONGEST_NAME);
              assertThat(Objects.labels(object))
                  .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
                  .containsEntry(Labels.CLUSTER, "demo")
                  .containsKey(Labels.COMPONENT);
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void podsAreFoundByTheInformers(Case given) {
    assertThat(templates(given))
        .allSatisfy(
            template ->
                assertThat(template.getMetadata().getLabels())
                    .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
                    .containsEntry(Labels.CLUSTER, "demo"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void podsPassTheRestrictedLevel(Case given) {
    assertThat(templates(given))
        .allSatisfy(
            template -> {
              var pod = template.getSpec();
              assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                  .isEqualTo("RuntimeDefault");
              assertThat(pod.getHostNetwork()).isNotEqualTo(true);
              assertThat(pod.getHostPID()).isNotEqualTo(true);
              assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void containersHoldNoPrivilege(Case given) {
    assertThat(containers(given))
        .allSatisfy(
            container -> {
              var security = container.getSecurityContext();
              assertThat(security.getAllowPrivilegeEscalation()).isFalse();
              assertThat(security.getReadOnlyRootFilesystem()).isTrue();
              assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(security.getCapabilities().getAdd()).isNullOrEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPodIsClosedInBothDirections(Case given) {
    assertThat(templates(given))
        .allSatisfy(
            template ->
                assertThat(policies(given))
                    .anySatisfy(
                        policy -> {
                          assertThat(template.getMetadata().getLabels().entrySet())
                              .containsAll(policy.getPodSelector().getMatchLabels().entrySet());
                          assertThat(policy.getPolicyTypes()).contains("Ingress", "Egress");
                        }));
  }

  /** A rule without a peer opens its ports to everybody: the API server is the one exception. */
  @ParameterizedTest
  @MethodSource("cases")
  void onlyTheApiServerIsOpenedByPortAlone(Case given) {
    assertThat(policies(given))
        .flatExtracting(NetworkPolicySpec::getEgress)
        .filteredOn(rule -> rule.getTo().isEmpty())
        .allSatisfy(
            rule ->
                assertThat(rule.getPorts())
                    .extracting(port -> port.getPort().getIntVal())
                    .containsExactlyElementsOf(ApiServer.ANYWHERE.ports()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void imagesArePinned(Case given) {
    assertThat(containers(given))
        .allSatisfy(
            container ->
                assertThat(container.getImage())
                    .matches(".+(:[\\w.-]+|@sha256:[0-9a-f]{64})$")
                    .doesNotEndWith(":latest"));
  }

  private static List<NetworkPolicySpec> policies(Case given) {
    return World.settled(given).stream()
        .filter(NetworkPolicy.class::isInstance)
        .map(object -> ((NetworkPolicy) object).getSpec())
        .toList();
  }

  private static List<PodTemplateSpec> templates(Case given) {
    return World.settled(given).stream().flatMap(LawsTest::template).toList();
  }

  private static Stream<PodTemplateSpec> template(HasMetadata object) {
    if (object instanceof StatefulSet set) {
      return Stream.of(set.getSpec().getTemplate());
    }
    return object instanceof Deployment deployment
        ? Stream.of(deployment.getSpec().getTemplate())
        : Stream.empty();
  }

  private static List<Container> containers(Case given) {
    return templates(given).stream()
        .map(PodTemplateSpec::getSpec)
        .flatMap(pod -> Stream.of(pod.getInitContainers(), pod.getContainers()))
        .flatMap(List::stream)
        .toList();
  }
}
