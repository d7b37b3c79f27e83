package io.generalbots.edge.route;

import static io.generalbots.edge.Published.byPlace;
import static io.generalbots.edge.Published.region;
import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.address.Literal;
import io.generalbots.sharding.published.Detection;
import io.generalbots.sharding.published.Publication;
import io.generalbots.sharding.published.PublishedRegion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which region serves a user. */
class GeoPolicyTest {

  private static final PublishedRegion US = region("us-east", "US NA", true);
  private static final PublishedRegion EU = region("eu-west", "DE EU", true);
  private static final PublishedRegion EU_DOWN = region("eu-west", "DE EU", false);

  @Test
  void aUserIsServedWhereTheUserIs() {
    var policy = byPlace(Detection.IP, US, EU);
    assertThat(name(at("192.0.2.1", ""), policy)).isEqualTo("eu-west home");
    assertThat(name(at("192.0.2.2", ""), policy)).isEqualTo("us-east home");
    assertThat(name(at("192.0.2.4", ""), policy)).isEqualTo("eu-west home");
  }

  @Test
  void whoIsNowhereHasTheDefault() {
    var policy = byPlace(Detection.IP, US, EU);
    assertThat(name(at("203.0.113.1", ""), policy)).isEqualTo("us-east home");
    assertThat(name(at("192.0.2.3", ""), policy)).isEqualTo("us-east home");
    assertThat(name(Origin.UNKNOWN, policy)).isEqualTo("us-east home");
  }

  @Test
  void whoseRegionIsDownIsServedByAnother() {
    assertThat(name(at("192.0.2.1", "eu-west"), byPlace(Detection.IP, US, EU_DOWN)))
        .isEqualTo("us-east diverted");
  }

  @Test
  void whoWasDivertedStaysUntilTheRegionHasBeenUpForAMinute() {
    var fresh = region("eu-west", "DE EU", true, "2026-11-28T11:59:01Z");
    assertThat(name(at("192.0.2.1", "us-east"), byPlace(Detection.IP, US, fresh)))
        .isEqualTo("us-east stays");
    var steady = region("eu-west", "DE EU", true, "2026-11-28T11:59:00Z");
    assertThat(name(at("192.0.2.1", "us-east"), byPlace(Detection.IP, US, steady)))
        .isEqualTo("eu-west home");
  }

  @Test
  void aForgedCookieGivesNothingThatIsNotThere() {
    for (var forged : new String[] {"nowhere", "", "us-east\r\nX: y", "eu-west "}) {
      assertThat(name(at("192.0.2.1", forged), byPlace(Detection.IP, US, EU)))
          .isEqualTo("eu-west home");
      assertThat(name(at("192.0.2.1", forged), byPlace(Detection.IP, US, EU_DOWN)))
          .isEqualTo("us-east diverted");
    }
    assertThat(name(at("192.0.2.1", "eu-west"), byPlace(Detection.IP, US, EU_DOWN)))
        .isEqualTo("us-east diverted");
  }

  @Test
  void aHeaderCountsOnlyWhereThePolicySaysSo() {
    var us = new Origin(Literal.of("192.0.2.1"), Optional.of("US"), Optional.empty());
    assertThat(name(us, byPlace(Detection.IP, US, EU))).isEqualTo("eu-west home");
    assertThat(name(us, byPlace(Detection.HEADER, EU, US))).isEqualTo("us-east home");
  }

  @Test
  void aCountryOfTheHeaderHasAContinent() {
    var policy = byPlace(Detection.HEADER, US, EU);
    assertThat(name(country("fr"), policy)).isEqualTo("eu-west home");
    assertThat(name(country("CA"), policy)).isEqualTo("us-east home");
    for (var unknown : new String[] {"XX", "T1", "", "DE, FR", "DE\r\n"}) {
      assertThat(name(country(unknown), policy)).isEqualTo("us-east home");
    }
  }

  @Test
  void withNoRegionUpItSaysSo() {
    var decision = Asking.of(Asking.from(Origin.UNKNOWN), byPlace(Detection.IP, EU_DOWN));
    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.reason()).isEqualTo("no region is up");
  }

  @Test
  void theReasonSaysHowItWasFound() {
    var facts = Asking.from(at("192.0.2.1", ""));
    assertThat(Asking.of(facts, byPlace(Detection.IP, US, EU_DOWN)).reason())
        .isEqualTo(
            "country DE, so that regions come in the order eu-west (down), us-east: us-east");
  }

  @Test
  void aServerIsToldAsHostAndPortToo() {
    assertThat(endpoint("http://gateway")).isEqualTo("gateway:80");
    assertThat(endpoint("https://gateway")).isEqualTo("gateway:443");
    assertThat(endpoint("https://gateway.bots.svc:8443")).isEqualTo("gateway.bots.svc:8443");
    assertThat(endpoint("http://[fd00::1]")).isEqualTo("[fd00::1]:80");
    assertThat(endpoint("http://[fd00::1]:8080")).isEqualTo("[fd00::1]:8080");
    assertThat(endpoint("http://under_score:8080")).isEqualTo("under_score:8080");
  }

  private static String endpoint(String upstream) {
    return Target.Region.of(
            new PublishedRegion(
                "a", upstream, java.util.List.of(), java.util.List.of(), true, null))
        .endpoint();
  }

  private static Origin at(String address, String region) {
    return new Origin(Literal.of(address), Optional.empty(), Optional.of(region));
  }

  private static Origin country(String country) {
    return new Origin(Optional.empty(), Optional.of(country), Optional.empty());
  }

  private static String name(Origin origin, Publication policy) {
    var decision = Asking.of(Asking.from(origin), policy);
    return decision.target().map(Target::name).orElse("") + " " + decision.stage();
  }
}
