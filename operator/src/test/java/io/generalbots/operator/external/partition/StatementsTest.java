package io.generalbots.operator.external.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.sharding.time.Deed;
import io.generalbots.sharding.time.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementsTest {

  private static final Instant DAY = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void namesAreQuotedAndQualified() {
    assertThat(text(new Deed.BuildKey(List.of("id", "created_at"))))
        .isEqualTo(
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"m\"\"x_gbo_key\" ON"
                + " public.\"m\"\"x\" (\"id\", \"created_at\")");
    assertThat(text(new Deed.SetBound(DAY)))
        .isEqualTo(
            "ALTER TABLE public.\"m\"\"x\" ADD CONSTRAINT \"m\"\"x_gbo_bound\" CHECK (\"created_at\""
                + " < '2026-12-01 00:00:00.000000Z') NOT VALID");
  }

  /** What is in a name is never a part of these: they read it from settings. */
  @Test
  void whatIsOneTransactionTakesItsNamesFromSettings() {
    var divided = of(new Deed.Divide("former", "others", DAY));
    assertThat(divided.isOne()).isTrue();
    assertThat(divided.text()).doesNotContain("m\"x");
    assertThat(divided.settings())
        .containsEntry("generalbots.table", "m\"x")
        .containsEntry("generalbots.partition", "former")
        .containsEntry("generalbots.overflow", "others")
        .containsEntry("generalbots.to", "2026-12-01 00:00:00.000000Z");
    assertThat(of(new Deed.AddPartition("p", new Span(DAY, DAY.plusSeconds(1)))).settings())
        .containsEntry("generalbots.from", "2026-12-01 00:00:00.000000Z");
    assertThat(of(new Deed.RemovePartition("p", Optional.empty())).settings())
        .containsEntry("generalbots.sum", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00')|2026-11-01T00:00:00Z",
        "FOR VALUES FROM ('2026-11-01') TO ('2026-12-01')|2026-11-01T00:00:00Z",
        "FOR VALUES FROM ('2026-11-01 09:30:00.5') TO (MAXVALUE)|2026-11-01T09:30:00.500Z",
        "FOR VALUES FROM ('2026-11-01 09:30:00.25+02') TO (MAXVALUE)|2026-11-01T07:30:00.250Z"
      })
  void boundsAreReadAsPostgresWritesThem(String bound, Instant from) {
    assertThat(Bounds.span(bound).orElseThrow().from()).isEqualTo(from);
  }

  @Test
  void whatIsNoSpanIsNone() {
    assertThat(Bounds.span("DEFAULT")).isEmpty();
    assertThat(Bounds.span("FOR VALUES IN ('a')")).isEmpty();
    assertThat(Bounds.span("FOR VALUES FROM (MINVALUE) TO ('2026-12-01')").orElseThrow().from())
        .isEqualTo(Instant.MIN);
    assertThat(
            Bounds.limit(
                "CHECK ((created_at < '2026-12-01 00:00:00+00'::timestamp with time zone))"))
        .contains(DAY);
  }

  private static String text(Deed deed) {
    return of(deed).text();
  }

  private static Statements of(Deed deed) {
    return Statements.of(new KeepPartitions("demo", "m\"x", "created_at", deed));
  }
}
