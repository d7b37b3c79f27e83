package io.generalbots.operator.tenant.export;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.kernel.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of exports between two statuses of a Tenant, told as events. */
public final class ExportTurns {

  private ExportTurns() {}

  /** Their beginnings and their ends. */
  public static Stream<Decision> between(Tenant before, TenantStatus now) {
    var former =
        Optional.ofNullable(before.getStatus()).map(TenantStatus::exports).orElse(List.of());
    return now.exports().stream()
        .filter(e -> former.stream().noneMatch(f -> isSame(e, f)))
        .flatMap(ExportTurns::decision);
  }

  private static boolean isSame(ExportStatus one, ExportStatus other) {
    return one.name().equals(other.name()) && one.state() == other.state();
  }

  private static Stream<Decision> decision(ExportStatus export) {
    return switch (export.state()) {
      case PENDING -> Stream.empty();
      case RUNNING -> Stream.of(Decision.normal("ExportStarted", "export " + export.name()));
      case COMPLETE ->
          Stream.of(
              Decision.normal(
                  "ExportComplete",
                  "export %s is in bucket %s: %s"
                      .formatted(export.name(), export.bucket(), export.key())));
      case FAILED ->
          Stream.of(
              Decision.warning(
                  "ExportFailed", "export %s: %s".formatted(export.name(), export.message())));
    };
  }
}
