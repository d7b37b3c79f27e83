package io.generalbots.operator.external.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.operator.cluster.volumes.Fill;
import io.generalbots.operator.cluster.volumes.VolumesSeen;
import io.generalbots.operator.external.Certificates;
import io.generalbots.operator.external.kubelet.KubeletStandIn.Mood;
import io.generalbots.operator.golden.Specs;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A kubelet is asked, over TLS, what it once said. */
class VolumeGaugeTest {

  private static final Instant SEEN = Instant.parse("2026-11-28T11:46:44Z");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration LITTLE = Duration.ofMillis(500);
  private static final Vertx VERTX = Vertx.vertx();

  private static KubeletStandIn kubelet;

  @BeforeAll
  static void begin() throws Exception {
    kubelet = new KubeletStandIn(VERTX, Mood.TELLS);
  }

  @AfterAll
  static void end() {
    kubelet.close();
    VERTX.close();
  }

  @Test
  void itSaysHowFullVolumesAreThatClaimsAreFor() {
    var seen = seen(kubelet, kubelet.authority(), () -> "a-token");
    assertThat(seen.troubles()).isEmpty();
    assertThat(seen.fills()).containsOnlyKeys(KubeletStandIn.CLAIM);
    assertThat(seen.fills()).containsEntry(KubeletStandIn.CLAIM, new Fill(6, false, 247_463_936L));
    assertThat(kubelet.shown()).contains("Bearer a-token /stats/summary");
  }

  @Test
  void nothingIsShownToOneWithACertificateOfSomebodyElse() throws Exception {
    var other = Certificates.make(List.of(KubeletStandIn.ADDRESS)).resolve("ca.crt");
    var seen = seen(kubelet, other, () -> "precious");
    assertThat(seen.fills()).isEmpty();
    assertThat(seen.troubles())
        .singleElement()
        .asString()
        .startsWith("kubelet of node n1: who signed its certificate")
        .contains("volumes.autoGrow.kubeletCa", "volumes.autoGrow.insecureKubelet");
    assertThat(kubelet.shown()).noneMatch(shown -> shown.contains("precious"));
  }

  @Test
  void oneWithACertificateForAnotherAddressIsNotBelieved() throws Exception {
    try (var elsewhere = new KubeletStandIn(VERTX, Mood.TELLS)) {
      var gauge =
          gauge(
              kubelets(elsewhere, elsewhere.authority()),
              () -> "a",
              SEEN,
              KubeletStandIn.pod("127.0.0.2"));
      assertThat(read(gauge).troubles()).singleElement().asString().contains("this address");
      assertThat(elsewhere.shown()).isEmpty();
    }
  }

  @Test
  void anyCertificateWillDoWhereThatIsSaid() {
    var trusting = new Kubelets(VERTX, Optional.empty(), kubelet.port(), LIMIT);
    var gauge = gauge(trusting, () -> "any", SEEN, KubeletStandIn.pod("127.0.0.2"));
    assertThat(read(gauge).fills()).containsKey(KubeletStandIn.CLAIM);
  }

  @Test
  void whyOneTellsNothingIsTold() throws Exception {
    assertThat(trouble(Mood.REFUSES, LIMIT)).contains("it answers 403", "ClusterRoleBinding");
    assertThat(trouble(Mood.STRANGE, LIMIT)).contains("what answers there is no kubelet");
    assertThat(trouble(Mood.SILENT, LITTLE)).contains("does not answer on port 10250");
  }

  @Test
  void nobodyListensThere() throws Exception {
    var gone = new KubeletStandIn(VERTX, Mood.TELLS);
    gone.close();
    var troubles = seen(gone, gone.authority(), () -> "a").troubles();
    assertThat(troubles).singleElement().asString().contains("not answer on port 10250");
  }

  @Test
  void whereThereIsNoAuthorityNobodyIsAsked() {
    assertThat(seen(kubelet, Path.of("nowhere"), () -> "unread").troubles())
        .singleElement()
        .asString()
        .contains("the file with the authority of kubelets cannot be read");
    assertThat(kubelet.shown()).noneMatch(shown -> shown.contains("unread"));
  }

  @Test
  void withoutATokenNobodyIsAsked() {
    Supplier<String> none =
        () -> {
          throw new KubernetesClientException("forbidden");
        };
    var seen = seen(kubelet, kubelet.authority(), none);
    assertThat(seen.troubles()).singleElement().asString().contains("gets no token");
  }

  @Test
  void whatIsNotAllowedIsToldWithoutAnyRequest() {
    var gauge = new VolumeGauge(owner -> List.of(), Optional.empty(), Clock.systemUTC());
    assertThat(read(gauge).troubles()).containsExactly(Trouble.NOT_ALLOWED);
  }

  @Test
  void whatWasSeenLongAgoCountsForNothingAndIsMissed() {
    var late = SEEN.plus(Duration.ofMinutes(11));
    var gauge =
        gauge(
            kubelets(kubelet, kubelet.authority()),
            () -> "a",
            late,
            KubeletStandIn.pod("127.0.0.1"));
    assertThat(read(gauge).fills()).isEmpty();
    assertThat(read(gauge).silent()).containsExactly(KubeletStandIn.CLAIM);
  }

  @Test
  void aKubeletIsHeardOfItsOwnPodsAlone() {
    var other =
        new PodBuilder(KubeletStandIn.pod("127.0.0.1"))
            .editMetadata()
            .withName("other")
            .endMetadata();
    var gauge = gauge(kubelets(kubelet, kubelet.authority()), () -> "a", SEEN, other.build());
    assertThat(read(gauge).fills()).isEmpty();
  }

  @Test
  void oneThatIsAskedByManyIsAskedOnce() {
    var before = kubelet.shown().size();
    var pod = KubeletStandIn.pod("127.0.0.1");
    var gauge = gauge(kubelets(kubelet, kubelet.authority()), () -> "once", SEEN, pod);
    read(gauge);
    read(gauge);
    assertThat(kubelet.shown()).hasSize(before + 1);
  }

  @Test
  void whoSleepsOrKeepsItsSizesIsNotAskedFor() {
    var grow = "postgres: {storage: {size: 1Gi, autoGrow: {maxSize: 2Gi}}}";
    var gauge = new VolumeGauge(owner -> List.of(), Optional.empty(), Clock.systemUTC());
    assertThat(gauge.isFor(Specs.cluster(grow))).isTrue();
    assertThat(gauge.isFor(Specs.cluster("postgres: {storage: {size: 1Gi}}"))).isFalse();
    assertThat(gauge.isFor(Specs.cluster(grow + ", hibernate: true"))).isFalse();
  }

  private static String trouble(Mood mood, Duration limit) throws Exception {
    try (var moody = new KubeletStandIn(VERTX, mood)) {
      var kubelets = new Kubelets(VERTX, Optional.of(moody.authority()), moody.port(), limit);
      var seen = read(gauge(kubelets, () -> "a-token", SEEN, KubeletStandIn.pod("127.0.0.1")));
      assertThat(seen.fills()).isEmpty();
      return seen.troubles().get(0);
    }
  }

  private static VolumesSeen seen(KubeletStandIn way, Path authority, Supplier<String> token) {
    return read(gauge(kubelets(way, authority), token, SEEN, KubeletStandIn.pod("127.0.0.1")));
  }

  private static VolumesSeen read(VolumeGauge gauge) {
    return (VolumesSeen) gauge.read(Specs.cluster("postgres: {}")).orElseThrow();
  }

  private static Kubelets kubelets(KubeletStandIn way, Path authority) {
    return new Kubelets(VERTX, Optional.of(authority), way.port(), LIMIT);
  }

  private static VolumeGauge gauge(
      Kubelets kubelets, Supplier<String> token, Instant now, Pod pod) {
    var clock = Clock.fixed(now, ZoneOffset.UTC);
    var summaries = new Summaries(kubelets, token, clock, Duration.ofSeconds(30));
    return new VolumeGauge(owner -> List.of(pod), Optional.of(summaries), clock);
  }
}
