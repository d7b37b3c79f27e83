package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kube.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What takes part in rooms beside people: an agent, for which a participant of ours is the double,
 * and LiveKit's recorder. No package registry has the latter: its test is skipped where no node has
 * an image of it, and says so.
 */
@Timeout(420)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Thorough
class LiveKitCompanionsE2E {

  private static final String NAMESPACE = "e2e-livekit-companions";

  /** Nobody listens there: the kubelet is refused at once. */
  private static final String NOWHERE = "127.0.0.1:1/egress:none";

  private static final List<String> RECORDERS =
      List.of("generalbots/livekit-egress:given", "livekit/egress:v1.14.1");

  private static final Part AGENTS = new Part("demo", "livekit-transcription");
  private static final Part RECORDER = new Part("demo", "livekit-egress");
  private static final Duration LIMIT = ofMinutes(5);
  private static final String SMALL =
      "{requests: {cpu: 10m, memory: 48Mi}, limits: {memory: 512Mi}}";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final LiveKitCluster LIVEKIT = new LiveKitCluster(CLIENT, NAMESPACE);
  private static final S3Pod STRANGER = new S3Pod(CLIENT, NAMESPACE);

  @BeforeAll
  static void oneOfEach() {
    var store =
        """
        {masters: 1,
            volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}, resources: %1$s},
            filers: {replicas: 1, store: Embedded, storage: {size: 1Gi}, resources: %1$s},
            s3: {replicas: 1, resources: %1$s}}"""
            .formatted(SMALL);
    LIVEKIT.create(
        String.join(
            "\n    ",
            "replicas: 1",
            "drainSeconds: 90",
            "keyGraceSeconds: 30",
            "recording: {resources: " + SMALL + "}",
            "transcription:",
            "  {enabled: true, image: \"generalbots/livekit-client:1.2\", resources: "
                + SMALL
                + ",",
            "  environment: [{name: ROOM, value: hall}, {name: STAY_SECONDS, value: \"3600\"}]}"),
        Map.of("seaweedfs", store, "images", "{egress: \"%s\"}".formatted(NOWHERE)));
  }

  @AfterAll
  static void remove() {
    STRANGER.remove();
    LIVEKIT.close();
  }

  @Test
  @Order(1)
  void withoutAnImageOfTheRecorderEverythingElseBecomesReadyAndOneConditionSaysSo() {
    LIVEKIT.await("RecordingReady", c -> "ImageUnavailable".equals(c.getReason()), LIMIT);
    LIVEKIT.awaitReady(1, LIMIT);
    LIVEKIT.await("SeaweedfsReady", Told::isTrue, LIMIT);
    LIVEKIT.await("TranscriptionReady", Told::isTrue, LIMIT);
    LIVEKIT.await("Available", Told::isTrue, LIMIT);
    var told = LIVEKIT.told("RecordingReady");
    assertThat(told.getStatus()).isEqualTo("False");
    assertThat(told.getMessage()).contains(NOWHERE, "demo-livekit-egress-");
    assertThat(LIVEKIT.told("Ready").getReason()).isEqualTo("ImageUnavailable");
  }

  @Test
  @Order(2)
  void anAgentHearsWhoIsInTheRoomAndComesBackWithTheNewKey() {
    var ann = LIVEKIT.join("ann", "hall", 40).sees("demo-livekit-transcription-");
    var former = agent();
    new Participant(CLIENT, former).sees("\"sound\", \"of\": \"ann\"");
    assertThat(ann.end(ofMinutes(2))).isZero();
    var key = LIVEKIT.key();
    LIVEKIT.annotate("generalbots.io/rotate", "\"1\"");
    LIVEKIT.awaitKeyOtherThan(key, LIMIT);
    LIVEKIT.await("TranscriptionReady", Told::isTrue, LIMIT);
    var next = agentOtherThan(former);
    new Participant(CLIENT, next).in();
    var known =
        new Shell(CLIENT, NAMESPACE).run(next.getMetadata().getName(), "printenv LIVEKIT_API_KEY");
    assertThat(known).isEqualTo(LIVEKIT.key()).isNotEqualTo(key);
    LIVEKIT.awaitOneKey(LIMIT);
    LIVEKIT.awaitReady(1, LIMIT);
  }

  /** The recorder is told to stop meanwhile: it ends what it has begun. */
  @Test
  @Order(3)
  void aRecorderThatStopsFinishesItsRecordingWhichLandsInTheBucket() {
    var image = image();
    assumeTrue(
        image.isPresent(),
        "skipped: no node has an image of LiveKit's recorder. Build one of a program with"
            + " EGRESS_BINARY=path dev/images/build livekit-egress, or load the official one");
    LIVEKIT.patchSpec("{\"images\": {\"egress\": \"%s\"}}".formatted(image.get()));
    LIVEKIT.await("RecordingReady", Told::isTrue, LIMIT);
    STRANGER.start();
    var recordings = new Recordings(STRANGER, LIVEKIT.key(), LIVEKIT.secret());
    var bob = LIVEKIT.join("bob", "hall", 45).in();
    var id = recordings.start("hall", "bob", "bob.ogg");
    recordings.awaitStatus(id, "EGRESS_ACTIVE", ofMinutes(1));
    var recorder = pods(RECORDER).get(0);
    CLIENT.resource(recorder).delete();
    assertThat(bob.end(ofMinutes(2))).isZero();
    recordings.awaitStatus(id, "EGRESS_COMPLETE", ofMinutes(1));
    LIVEKIT.awaitGone(recorder.getMetadata().getName(), ofMinutes(2));
    var seconds = recordings.seconds("bob.ogg");
    System.out.printf("recorded %.1f s of the 45 s of somebody%n", seconds);
    assertThat(seconds).isBetween(15.0, 60.0);
    LIVEKIT.await("RecordingReady", Told::isTrue, LIMIT);
  }

  /** Whatever the recorder's login is good for, other buckets are not among it. */
  @Test
  @Order(4)
  void theLoginOfTheRecorderOpensItsBucketOnlyForWriting() {
    STRANGER.start();
    var login = CLIENT.secrets().inNamespace(NAMESPACE).withName("demo-s3-egress").require();
    var recorder = new Recordings.Login(login);
    assertThat(recorder.put(STRANGER, "recordings/probe")).isEqualTo("200");
    assertThat(recorder.get(STRANGER, "recordings/probe")).isEqualTo("403");
    assertThat(recorder.put(STRANGER, "default.gbai/probe")).isEqualTo("403");
    assertThat(recorder.get(STRANGER, "default.gbai?list-type=2")).isEqualTo("403");
  }

  private static Pod agent() {
    var agents = pods(AGENTS);
    assertThat(agents).hasSize(1);
    return agents.get(0);
  }

  private static Pod agentOtherThan(Pod former) {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabels(AGENTS.selector())
        .informOnCondition(pods -> pods.stream().anyMatch(p -> isReadyAndNot(p, former)))
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join()
        .stream()
        .filter(p -> isReadyAndNot(p, former))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isReadyAndNot(Pod pod, Pod former) {
    return new Instance(pod).isReady()
        && !former.getMetadata().getName().equals(pod.getMetadata().getName());
  }

  private static List<Pod> pods(Part part) {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabels(part.selector())
        .list()
        .getItems()
        .stream()
        .filter(p -> !new Instance(p).isTerminating())
        .toList();
  }

  private static Optional<String> image() {
    var present =
        CLIENT.nodes().list().getItems().stream()
            .flatMap(n -> n.getStatus().getImages().stream())
            // One whose name was given to another since has none.
            .flatMap(i -> Stream.ofNullable(i.getNames()).flatMap(List::stream))
            .map(name -> name.replaceFirst("^docker.io/", ""))
            .toList();
    return RECORDERS.stream().filter(present::contains).findFirst();
  }
}
