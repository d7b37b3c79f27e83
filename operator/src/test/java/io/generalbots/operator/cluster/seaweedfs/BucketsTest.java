package io.generalbots.operator.cluster.seaweedfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Secrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which buckets there are, and who may use them. */
class BucketsTest {

  private static final String EXTERNAL =
      "{external: {endpoint: 'https://s3.example.com', secretName: mine}}";

  private static final String WORKER =
      "media: {gstreamer: {enabled: true, pipeline: videotestsrc ! fakesink}},";

  @Test
  void theBucketsFollowFromTheSpec() {
    assertThat(buckets("profile: Minimal,")).containsExactly("default.gbai");
    assertThat(buckets("profile: Minimal, livekit: {enabled: true},"))
        .containsExactly("default.gbai", "recordings");
    assertThat(buckets("livekit: {recording: {enabled: false}},")).containsExactly("default.gbai");
    assertThat(buckets("livekit: {external: {address: 'wss://meet.example.com'}},"))
        .containsExactly("default.gbai");
    assertThat(buckets("livekit: {recording: {bucket: kept}}, " + WORKER))
        .containsExactly("default.gbai", "kept", "media");
    assertThat(buckets("livekit: {recording: {bucket: media}}, " + WORKER))
        .containsExactly("default.gbai", "media");
  }

  private static List<String> buckets(String spec) {
    var file = wished(new Given().spec(spec), "demo-seaweedfs-identities");
    return Secrets.text(file, "buckets").lines().toList();
  }

  @Test
  void whoeverABucketIsMadeForMayUseNoOther() throws IOException {
    var given = new Given().spec("profile: Minimal, livekit: {enabled: true}, " + WORKER);
    var file = wished(given, "demo-seaweedfs-identities");
    var identities = new ObjectMapper().readTree(Secrets.text(file, "s3.json")).path("identities");
    assertThat(identities.findValuesAsText("name"))
        .containsExactly("botserver", "egress", "gstreamer");
    assertThat(identities.path(1).path("actions"))
        .map(JsonNode::asText)
        .containsExactly("Write:recordings");
    assertThat(identities.path(2).path("actions"))
        .map(JsonNode::asText)
        .containsExactly("Read:media", "Write:media", "List:media");
    var secret = wished(given, "demo-s3-gstreamer");
    assertThat(Secrets.text(secret, "username")).isEqualTo("gstreamer");
    assertThat(Secrets.text(secret, "password"))
        .isEqualTo(identities.path(2).at("/credentials/0/secretKey").asText())
        .isNotEqualTo(identities.path(0).at("/credentials/0/secretKey").asText());
  }

  @Test
  void whoeverABucketIsMadeForIsToldWhereItIs() {
    var login = Map.of("username", "gstreamer", "password", "p");
    var secret = Secrets.basicAuth(Role.S3.part("demo").meta("gstreamer"), login);
    var given = new Given().spec("profile: Minimal, " + WORKER).having(secret);
    var told = secret(given, "demo-s3-gstreamer", Wish.Amend.class::isInstance);
    assertThat(Secrets.text(told, "bucket")).isEqualTo("media");
    assertThat(Secrets.text(told, "tls-uri"))
        .isEqualTo("https://demo-s3.bots.svc.cluster.local:8334");
    assertThat(told.getData()).doesNotContainKeys("username", "password");
  }

  /** The latter would take the former's place, and with it what bot servers may do. */
  @Test
  void twoOfOneNameChangeNothing() {
    var login = Map.of("username", "botserver", "password", "p");
    var secret = Secrets.basicAuth(Role.S3.part("demo").meta("gstreamer"), login);
    var given = new Given().spec("profile: Minimal, " + WORKER).having(secret);
    assertThat(plan(given)).isInstanceOf(Plan.Hold.class);
    assertThat(new SeaweedFs().health(given.cluster(), given.facts()).message())
        .contains("demo-s3 and demo-s3-gstreamer");
  }

  @Test
  void aStoreElsewhereIsPublishedForEveryBucket() {
    var given =
        new Given()
            .seaweedfs(EXTERNAL)
            .spec("profile: Minimal, " + WORKER)
            .user("mine", Map.of("access_key", "who", "secret_key", "what"));
    var secret = wished(given, "demo-s3-gstreamer");
    assertThat(Secrets.text(secret, "username")).isEqualTo("who");
    assertThat(Secrets.text(secret, "bucket")).isEqualTo("media");
  }

  private static Plan plan(Given given) {
    return new SeaweedFs().plan(given.cluster(), given.facts());
  }

  private static Secret wished(Given given, String name) {
    return secret(given, name, wish -> true);
  }

  private static Secret secret(Given given, String name, Predicate<Wish> which) {
    return ((Plan.Apply) plan(given))
        .wishes().stream()
            .filter(which)
            .flatMap(w -> Wishes.object(w).stream())
            .filter(Secret.class::isInstance)
            .map(Secret.class::cast)
            .filter(o -> name.equals(o.getMetadata().getName()))
            .findFirst()
            .orElseThrow();
  }
}
