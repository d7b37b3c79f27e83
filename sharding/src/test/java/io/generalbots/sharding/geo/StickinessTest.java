package io.generalbots.sharding.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who stays and who goes when regions come and go. */
class StickinessTest {

  private static final Stickiness STICKINESS = new Stickiness(Duration.ofMinutes(5));
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final List<String> HOME_FIRST = List.of("home", "next", "far");

  @Test
  void whoWasSentAwayStaysAwayUntilTheBetterRegionHasBeenUpForAWhile() {
    var back = Map.of("home", NOON, "next", Instant.MIN);
    assertThat(choose("next", back, NOON)).hasValue("next");
    assertThat(choose("next", back, NOON.plusSeconds(299))).hasValue("next");
    assertThat(choose("next", back, NOON.plusSeconds(300))).hasValue("home");
  }

  @Test
  void whoseRegionFailsGoesToTheBestThatIsSteady() {
    var up = Map.of("next", NOON, "far", Instant.MIN);
    assertThat(choose("home", up, NOON.plusSeconds(1))).hasValue("far");
    assertThat(choose("home", up, NOON.plusSeconds(300))).hasValue("next");
  }

  @Test
  void aRegionThatJustCameUpIsBetterThanNone() {
    assertThat(choose("home", Map.of("next", NOON, "far", NOON), NOON)).hasValue("next");
    assertThat(choose("home", Map.of(), NOON)).isEmpty();
  }

  @Test
  void whoStayedWhileTheirRegionWasDownBrieflyIsServedThereAgain() {
    assertThat(choose("home", Map.of("home", NOON, "next", Instant.MIN), NOON)).hasValue("home");
  }

  @Test
  void whoIsNewGoesWhereAllAreSent() {
    var back = new Health(Map.of("home", NOON, "next", Instant.MIN), NOON);
    assertThat(STICKINESS.choose(HOME_FIRST, Optional.empty(), back)).hasValue("next");
  }

  @Test
  void aClockThatWentBackHurriesNobody() {
    var back = Map.of("home", NOON, "next", Instant.MIN);
    assertThat(choose("next", back, NOON.minusSeconds(3600))).hasValue("next");
  }

  @Test
  void whoMovedGoesToTheirNewRegionAtOnce() {
    var up = Map.of("home", Instant.MIN, "next", Instant.MIN);
    assertThat(choose("far", up, NOON)).hasValue("home");
  }

  @Test
  void aNegativeTimeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Stickiness(Duration.ofNanos(-1)));
  }

  private static Optional<String> choose(String current, Map<String, Instant> up, Instant now) {
    return STICKINESS.choose(HOME_FIRST, Optional.of(current), new Health(up, now));
  }
}
