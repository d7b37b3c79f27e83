package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Caddy is told; that it does as told is tried with Caddy itself. */
class CaddyfileTest {

  private static final Pod ONE = Given.bot("one", "10.0.0.7", true);
  private static final Pod TWO = Given.bot("two", "10.0.0.12", true);

  @Test
  void botServersAreWatchedAndAskedInTurnAndSessionsStay() {
    assertThat(Given.gateway("{}").caddyfile())
        .containsSubsequence(
            "(pods) {",
            "dynamic servers /etc/gateway/servers/addresses {",
            "otherwise demo-botserver:8080\n",
            "health_uri /api/health\n",
            "health_interval 10s\n",
            "fail_duration 30s\n",
            "handle /ws* {",
            "import pods",
            "import sticky bots",
            "handle {",
            "import pods",
            "import spread bots",
            "handle_errors {",
            "reverse_proxy demo-botserver:8080 {");
  }

  @Test
  void whoTheBotServersAreIsNoPartOfIt() {
    var without = Given.gateway("{}").caddyfile();
    assertThat(Given.gateway("{}").having(ONE, TWO).caddyfile()).isEqualTo(without);
  }

  @Test
  void meetingsAndFilesHaveHostsOfTheirOwnWhereTheyRunHere() {
    assertThat(Given.spec("profile: Recommended").caddyfile())
        .containsSubsequence(
            "(rooms) {",
            "door * /etc/gateway/rooms/rooms.json",
            "reverse_proxy demo-livekit:7880 {",
            "http://:7880 {",
            "import rooms",
            "https://meet.bots.example.com {",
            "import rooms")
        .containsSubsequence("https://s3.bots.example.com {", "reverse_proxy demo-s3:8333 {")
        .contains("@known host bots.example.com meet.bots.example.com s3.bots.example.com\n");
    var elsewhere =
        "livekit: {external: {address: 'wss://rtc.example.org', secretName: rtc}},"
            + " seaweedfs: {external: {endpoint: 'https://s3.example.org', secretName: s3}}";
    assertThat(Given.spec(elsewhere).caddyfile())
        .doesNotContain("https://meet.", "https://s3.", "door ", "7880");
  }

  @Test
  void meetingsAreServedUnderTheAddressThatBrowsersAreTold() {
    assertThat(Given.spec("livekit: {publicUrl: 'wss://RTC.example.org:443/x'}").caddyfile())
        .contains("https://rtc.example.org {")
        .doesNotContain("https://meet.");
  }

  @Test
  void withoutTlsNothingOfItIsLeft() {
    assertThat(Given.gateway("{tls: {mode: Disabled}}").caddyfile())
        .contains("http://bots.example.com {", "trusted_proxies static private_ranges\n")
        .doesNotContain("https://", "redir", "tls.key", "Strict-Transport-Security");
  }

  @Test
  void theRevisionFollowsTheText() {
    var one = Given.gateway("{}").caddyfile();
    assertThat(Given.gateway("{}").caddyfile()).isEqualTo(one);
    var other = Given.gateway("{healthCheck: {failSeconds: 31}}").caddyfile();
    assertThat(revision(other)).isNotEqualTo(revision(one));
  }

  @Test
  void noPlaceIsLeftEmpty() {
    assertThat(Given.spec("profile: Full").having(ONE).caddyfile()).doesNotContain("${");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a\nb",
        "a {",
        "}",
        "{env.HOME}",
        "{$HOME}",
        "a\"b",
        "a`b",
        "a#b",
        "a\\b",
        "a  b"
      })
  void whatIsMoreThanAWordIsNeverWritten(String value) {
    assertThatThrownBy(() -> new Template("x ${y}").filled(Map.of("y", value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String revision(String text) {
    return text.substring(text.indexOf("/healthz"));
  }
}
