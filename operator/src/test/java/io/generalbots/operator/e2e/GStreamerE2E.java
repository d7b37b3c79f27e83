package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What a pipeline writes is in the bucket, and what is wrong with one is told. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(400)
@Thorough
class GStreamerE2E {

  private static final String NAMESPACE = "e2e-gstreamer";
  private static final Duration TOLD = ofSeconds(30);

  private static final String HLS =
      "hlssink2 name=out target-duration=1 %s location=$(OUTPUT)/%s%%05d.ts"
          + " playlist-location=$(OUTPUT)/%s.m3u8";

  /** Three seconds of a picture and a tone, and then its end. */
  private static final String CLIP =
      HLS.formatted("max-files=0", "clip", "clip")
          + " videotestsrc num-buffers=45 ! \"video/x-raw, format=I420, width=160, height=120,"
          + " framerate=15/1\""
          + " ! videobalance name=worker-$(WORKER) saturation=0.5 ! x264enc tune=zerolatency key-int-max=15"
          + " ! h264parse ! out.video"
          + " audiotestsrc num-buffers=130 ! audioconvert ! voaacenc ! aacparse ! out.audio";

  private static final String LIVE =
      HLS.formatted("playlist-length=3 max-files=5", "live", "live")
          + " videotestsrc is-live=true ! video/x-raw,format=I420,width=160,height=120,framerate=15/1"
          + " ! x264enc tune=zerolatency key-int-max=15 ! h264parse ! out.video";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final MediaCluster MEDIA = new MediaCluster(CLIENT, NAMESPACE);
  private static final S3Pod S3 = new S3Pod(CLIENT, NAMESPACE);
  private static final MediaSource SOURCE = new MediaSource(CLIENT, NAMESPACE);

  @BeforeAll
  static void oneWorker() {
    MEDIA.create("restartPolicy: OnFailure, pipeline: '%s'".formatted(CLIP));
    MEDIA.awaitReady(ofMinutes(6));
    S3.start();
    SOURCE.startStudio();
  }

  @AfterAll
  static void remove() {
    S3.remove();
    SOURCE.remove();
    MEDIA.close();
  }

  @Test
  @Order(1)
  void whatAPipelineWritesIsInTheBucketAndPlays() {
    S3.until(get("clip.m3u8", "grep -c ENDLIST"), "1", ofMinutes(1));
    assertThat(S3.run(get("clip.m3u8", "grep -c '^clip0000[0-9].ts$'"))).isEqualTo("3");
    assertWhole("clip00000.ts");
    assertThat(S3.run("s3 -I \"$ENDPOINT/media/0/clip00000.ts\"").toLowerCase(Locale.ROOT))
        .contains("x-amz-server-side-encryption: aes256")
        .contains("content-type: video/mp2t");
    assertThat(SOURCE.decode("media/0/clip00000.ts")).isEqualTo("decoded");
  }

  /** Or a long stream would fill the disk of its node. */
  @Test
  @Order(2)
  void whatIsStoredTakesNoRoomInThePod() {
    var sizes = "stat -c %s /output/clip00000.ts; grep -c ENDLIST /output/clip.m3u8";
    assertThat(worker(sizes)).isEqualTo("0\n1");
  }

  @Test
  @Order(3)
  void theLoginOfTheWorkersOpensTheirBucketOnly() {
    var login =
        "ACCESS=gstreamer SECRET=%s; ".formatted(SOURCE.secret("demo-s3-gstreamer", "password"));
    assertThat(S3.run(login + "code s3 \"$ENDPOINT/media/0/clip.m3u8\"")).isEqualTo("200");
    assertThat(S3.run(login + "code s3 \"$ENDPOINT/default.gbai?list-type=2\"")).isEqualTo("403");
    assertThat(S3.run(login + "code s3 -X PUT \"$ENDPOINT/other\"")).isEqualTo("403");
    assertThat(S3.run(login + "echo x >x; code s3 -T x \"$ENDPOINT/default.gbai/x\""))
        .isEqualTo("403");
    assertThat(worker("ls /store /var/run/secrets 2>&1 | grep -c 'No such file'")).isEqualTo("2");
  }

  @Test
  @Order(4)
  void whatGStreamerRefusesIsToldAndMendedWithinHalfAMinute() {
    MEDIA.play("videotestsrc ! nosuchelement ! fakesink", "Always");
    var told = MEDIA.awaitTrouble("no element \"nosuchelement\"", TOLD);
    var began = Instant.now();
    MEDIA.play(LIVE, "Always");
    MEDIA.awaitReady(TOLD);
    System.out.printf(
        "no such element: told after %d ms; mended: ready after %d ms%n",
        told.toMillis(), Duration.between(began, Instant.now()).toMillis());
  }

  @Test
  @Order(5)
  void whatNoLongerPlaysIsNoLongerInTheBucket() {
    S3.until(get("live.m3u8", "grep -c '^live'"), "3", ofMinutes(1));
    S3.until("code s3 \"$ENDPOINT/media/0/live00000.ts\"", "404", ofMinutes(1));
    var first = get("live.m3u8", "sed -n '/^live/p' | head -n1");
    assertThat(S3.run("code s3 \"$ENDPOINT/media/0/$(%s)\"".formatted(first))).isEqualTo("200");
  }

  @Test
  @Order(6)
  void whatIsNoPipelineChangesNothingAndWaitsForAnEdit() {
    var before = uid();
    MEDIA.play("videotestsrc ! ! fakesink", "Always");
    MEDIA.awaitCondition("Stalled", c -> c.getMessage().contains("at character 16"), TOLD);
    assertThat(uid()).isEqualTo(before);
    MEDIA.play(LIVE, "Always");
    MEDIA.awaitReady(TOLD);
    MEDIA.awaitCondition("Stalled", c -> "False".equals(c.getStatus()), TOLD);
    assertThat(uid()).isEqualTo(before);
  }

  /** The last part of a stream is there too, though the pod is gone. */
  @Test
  @Order(7)
  void whatWasWrittenLastIsCarriedBeforeAWorkerSleeps() {
    MEDIA.patch("{\"hibernate\": true}");
    MEDIA.awaitNoWorker(ofMinutes(1));
    MEDIA.patch("{\"hibernate\": false, \"media\": {\"gstreamer\": {\"enabled\": false}}}");
    S3.until("code s3 \"$ENDPOINT/media/0/live.m3u8\"", "200", ofMinutes(3));
    assertThat(S3.run(get("live.m3u8", "grep -c ENDLIST"))).isEqualTo("1");
    assertWhole(S3.run(get("live.m3u8", "sed -n '/^live/p' | tail -n1")));
  }

  /** A bucket that the spec asks for later is made without a new gateway, and encrypts as well. */
  @Test
  @Order(8)
  void aFurtherBucketNeedsNoRestart() {
    var before = MEDIA.gateways();
    MEDIA.patch(
        "{\"media\": {\"gstreamer\": {\"enabled\": true, \"bucket\": \"further\", \"replicas\": 2}}}");
    MEDIA.awaitReady(ofMinutes(1));
    S3.until("code s3 \"$ENDPOINT/further/0/live.m3u8\"", "200", ofMinutes(1));
    S3.until("code s3 \"$ENDPOINT/further/1/live.m3u8\"", "200", ofMinutes(1));
    assertThat(S3.run("s3 -I \"$ENDPOINT/further/1/live.m3u8\"")).containsIgnoringCase("AES256");
    assertThat(MEDIA.gateways()).isEqualTo(before);
    MEDIA.patch("{\"media\": {\"gstreamer\": {\"replicas\": 1}}}");
    MEDIA.awaitReady(ofMinutes(1));
  }

  @Test
  @Order(9)
  void aStreamComesInByRtmpAndIsTakenUpAgainAfterItWasAway() {
    SOURCE.startServer();
    MEDIA.play(
        HLS.formatted("playlist-length=3 max-files=5", "relay", "relay")
            + " rtmp2src location=\"rtmp://%s/live/one\" ! flvdemux ! h264parse ! out.video"
                .formatted(SOURCE.address()),
        "Always");
    MEDIA.awaitTrouble("", TOLD);
    SOURCE.publish();
    MEDIA.awaitReady(ofMinutes(1));
    S3.until("code s3 \"$ENDPOINT/further/0/relay.m3u8\"", "200", ofMinutes(1));
    SOURCE.unpublish();
    MEDIA.awaitTrouble("", ofMinutes(1));
    var began = Instant.now();
    SOURCE.publish();
    MEDIA.awaitReady(TOLD);
    System.out.printf(
        "stream back: taken up after %d ms%n", Duration.between(began, Instant.now()).toMillis());
  }

  private static String get(String object, String filter) {
    return "s3 \"$ENDPOINT/media/0/%s\" | %s".formatted(object, filter);
  }

  /** Packets of MPEG-TS are 188 bytes, and each begins with the letter G. */
  private static void assertWhole(String segment) {
    var packets =
        "s3 \"$ENDPOINT/media/0/%s\" >got; python3 -c \"b=open('got','rb').read(); print(len(b) > 188 and len(b) %% 188 == 0 and set(b[::188]) == {71})\""
            .formatted(segment);
    assertThat(S3.run(packets)).as(segment).isEqualTo("True");
  }

  private static String worker(String command) {
    return MEDIA.shell().run(MEDIA.workers().get(0).getMetadata().getName(), command);
  }

  private static String uid() {
    return MEDIA.workers().get(0).getMetadata().getUid();
  }
}
