package io.generalbots.operator.tenant.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.tenant.ExportState;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import org.junit.jupiter.api.Test;

/** What a pod or a person wrote of an export. */
class LineTest {

  private static final String DIGEST = "9f".repeat(32);
  private static final ExportStatus BEGUN =
      new ExportStatus(
          "one", ExportState.RUNNING, null, null, null, null, "2026-01-01T00:01:00Z", null, null);

  @Test
  void whatAPodSaysIsTold() {
    var told =
        Line.complete(
            BEGUN,
            "2026-01-01T00:02:00Z",
            "{\"bucket\":\"sales.gbai\",\"key\":\"exports/one/manifest.json\",\"bytes\":7,\"sha256\":\"%s\"}"
                .formatted(DIGEST));
    assertThat(told)
        .isEqualTo(
            new ExportStatus(
                "one",
                ExportState.COMPLETE,
                "sales.gbai",
                "exports/one/manifest.json",
                7L,
                DIGEST,
                "2026-01-01T00:01:00Z",
                "2026-01-01T00:02:00Z",
                null));
    assertThat(Line.read(Line.of(told))).contains(told);
  }

  @Test
  void whatCannotBeIsNotTold() {
    for (var said :
        new String[] {"", "null", "7", "Error, code 1", "{\"bucket\":7,\"sha256\":\"x\\ny\"}"}) {
      var told = Line.complete(BEGUN, "2026-01-01T00:02:00Z", said);
      assertThat(told.state()).isEqualTo(ExportState.COMPLETE);
      assertThat(told.bucket()).isNull();
      assertThat(told.sha256()).isNull();
    }
  }

  @Test
  void ofAFailureTheLastWordsAreToldAndNoMoreThanAFewLines() {
    assertThat(Line.failed(BEGUN, "2026-01-01T00:02:00Z", "no bucket").message())
        .isEqualTo("no bucket; another name asks for another try");
    assertThat(Line.failed(BEGUN, "2026-01-01T00:02:00Z", "x".repeat(9_000)).message())
        .hasSizeLessThan(1_100);
  }

  @Test
  void aLineThatSomebodyEditedIsLeftOut() {
    for (var line :
        new String[] {
          "",
          "null",
          "x",
          "{}",
          "{\"name\":\"../x\",\"state\":\"Complete\"}",
          "{\"name\":\"one\",\"state\":\"Complete\",\"key\":\"a\\nb\"}",
          "{\"name\":\"one\",\"state\":\"Complete\",\"sha256\":\"x\"}"
        }) {
      assertThat(Line.read(line)).as(line).isEmpty();
    }
  }
}
