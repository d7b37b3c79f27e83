package io.generalbots.sharding.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.sharding.time.Preparation.Bound;
import io.generalbots.sharding.time.Preparation.KeyIndex;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionPlannerTest {

  private static final Instant NOW = Instant.parse("2026-11-27T20:00:00Z");
  private static final Rules MONTHLY = new Rules("created_at", Interval.MONTHLY, 2);
  private static final Traits FIT =
      new Traits(Optional.of("timestamp with time zone"), true, List.of("id"), Map.of());

  @Test
  void waitsForATableThatIsNotThere() {
    assertThat(plan(new Table.Missing())).isInstanceOf(PartitionPlan.Awaited.class);
  }

  @Test
  void refusesWhatIsNoTable() {
    assertThat(refusal(new Table.Foreign("view"))).isEqualTo("it is no table but a view");
  }

  @Test
  void refusesATableWithEverythingThatIsInTheWay() {
    var traits =
        new Traits(
            Optional.of("text"),
            true,
            List.of("id"),
            Map.of(
                Hindrance.REFERENCE, List.of("replies"),
                Hindrance.UNIQUE, List.of("message_number")));
    assertThat(refusal(plain(traits, Preparation.NONE)))
        .isEqualTo(
            "column created_at is of type text: it has to be timestamptz, timestamp or date;"
                + " message_number keeps rows unique, which no partitioned table does without the"
                + " time in it; replies refers to it by its key, which would not be unique without"
                + " the time in it");
  }

  @Test
  void refusesRowsWithoutATime() {
    var traits = new Traits(Optional.of("date"), false, List.of("id"), Map.of());
    assertThat(refusal(plain(traits, Preparation.NONE)))
        .isEqualTo("column created_at may be null, and such a row belongs nowhere");
  }

  @Test
  void refusesNamesThatWouldBeCut() {
    var plan =
        new PartitionPlanner(MONTHLY, NOW)
            .plan(new Table("x".repeat(46), plain(FIT, Preparation.NONE)));
    assertThat(plan).isInstanceOf(PartitionPlan.Refused.class);
  }

  @Test
  void refusesRowsOfTheFuture() {
    var later = Optional.of(Instant.parse("2099-01-01T00:00:00Z"));
    assertThat(refusal(new Table.Plain(FIT, Preparation.NONE, later, 0)))
        .startsWith("it has rows of the future, up to 2099-01-01");
  }

  @Test
  void preparesAPlainTableStepByStep() {
    assertThat(deeds(Preparation.NONE))
        .containsExactly(new Deed.BuildKey(List.of("id", "created_at")));
    assertThat(deeds(prepared(KeyIndex.BUILDING)))
        .containsExactly(new Deed.BuildKey(List.of("id", "created_at")));
    assertThat(deeds(prepared(KeyIndex.BROKEN))).containsExactly(new Deed.DropKey());
    assertThat(deeds(prepared(KeyIndex.BUILT)))
        .containsExactly(new Deed.SetBound(at("2026-12-01")));
    assertThat(deeds(bounded("2026-12-01", false))).containsExactly(new Deed.ProveBound());
    assertThat(deeds(bounded("2026-12-01", true)))
        .containsExactly(new Deed.Divide("m_before_2026_12_01", "m_default", at("2026-12-01")));
  }

  @Test
  void givesUpABoundThatHasComeNear() {
    assertThat(deeds(bounded("2026-11-27", true))).containsExactly(new Deed.DropBound());
  }

  @Test
  void leavesTimeBeforeTheBound() {
    var daily = new PartitionPlanner(new Rules("created_at", Interval.DAILY, 2), NOW);
    assertThat(daily.plan(new Table("m", plain(FIT, prepared(KeyIndex.BUILT)))))
        .isEqualTo(new PartitionPlan.Next(List.of(new Deed.SetBound(at("2026-11-29")))));
  }

  @Test
  void addsWhatIsMissingAndTheOneOfAllOthers() {
    var former = new Partition("m_before_2026_12_01", new Span(Instant.MIN, at("2026-12-01")), 1);
    assertThat(deeds(List.of(former), Optional.empty()))
        .containsExactly(
            new Deed.AddOverflow("m_default"),
            new Deed.AddPartition("m_2026_12", span("2026-12-01", "2027-01-01")),
            new Deed.AddPartition("m_2027_01", span("2027-01-01", "2027-02-01")));
  }

  @Test
  void addsTheRestOfAnIntervalThatIsTakenInPart() {
    var day = new Partition("m_2026_12_10", span("2026-12-10", "2026-12-11"), 1);
    assertThat(deeds(List.of(day), empty()))
        .containsExactly(
            new Deed.AddPartition("m_2026_11", span("2026-11-01", "2026-12-01")),
            new Deed.AddPartition("m_2026_12_01", span("2026-12-01", "2026-12-10")),
            new Deed.AddPartition("m_2026_12_11", span("2026-12-11", "2027-01-01")),
            new Deed.AddPartition("m_2027_01", span("2027-01-01", "2027-02-01")));
  }

  @Test
  void findsAPlaceForRowsThatWentElsewhereButNotForThoseOfAWrongClock() {
    var strays =
        new Overflow("m_default", Optional.of(at("2026-09-13")), Optional.of(at("2999-01-01")));
    assertThat(deeds(List.of(whole()), Optional.of(strays)))
        .containsExactly(new Deed.AddPartition("m_2026_09", span("2026-09-01", "2026-10-01")));
  }

  @Test
  void refusesATableThatIsPartitionedByAnotherRule() {
    assertThat(refusal(new Table.Partitioned(List.of("bot_id"), false, List.of(), empty())))
        .isEqualTo("it is partitioned already, by bot_id and not by ranges of created_at");
  }

  private static Partition whole() {
    return new Partition("m_2026", span("2026-10-01", "2028-01-01"), 1);
  }

  private static Optional<Overflow> empty() {
    return Optional.of(new Overflow("m_default", Optional.empty(), Optional.empty()));
  }

  private static Preparation prepared(KeyIndex key) {
    return new Preparation(key, Optional.empty());
  }

  private static Preparation bounded(String day, boolean isProven) {
    return new Preparation(KeyIndex.BUILT, Optional.of(new Bound(at(day), isProven)));
  }

  private static Table.Plain plain(Traits traits, Preparation preparation) {
    return new Table.Plain(traits, preparation, Optional.empty(), 0);
  }

  private static List<Deed> deeds(Preparation preparation) {
    return deeds(plain(FIT, preparation));
  }

  private static List<Deed> deeds(List<Partition> partitions, Optional<Overflow> overflow) {
    return deeds(new Table.Partitioned(List.of("created_at"), true, partitions, overflow));
  }

  private static List<Deed> deeds(Table.Shape shape) {
    return ((PartitionPlan.Next) plan(shape)).deeds();
  }

  private static String refusal(Table.Shape shape) {
    return ((PartitionPlan.Refused) plan(shape)).reason();
  }

  private static PartitionPlan plan(Table.Shape shape) {
    return new PartitionPlanner(MONTHLY, NOW).plan(new Table("m", shape));
  }

  private static Span span(String from, String to) {
    return new Span(at(from), at(to));
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
