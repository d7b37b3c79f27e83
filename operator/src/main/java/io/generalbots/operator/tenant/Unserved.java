package io.generalbots.operator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.schema.Definitions;
import io.generalbots.operator.schema.Differences;
import io.generalbots.operator.tenant.botserver.OwnServers;
import io.generalbots.operator.tenant.export.Exports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields a user set that nothing serves yet: accepted, and said so. */
final class Unserved {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Volumes and memory of a Cell are as large as its limits; its logins are the Cell's own. */
  private static final List<String> IN_CELL =
      List.of(
          "spec.limits.connections",
          "spec.limits.vectors",
          "spec.retainFor",
          "spec.rotation.everyDays");

  private Unserved() {}

  /** What a user should know of what was asked for; empty where all of it is served. */
  static Optional<Objection> warning(Tenant tenant, boolean onShards) {
    return Stream.of(
            OwnServers.refusal(tenant),
            unserved(tenant),
            misnamed(tenant),
            unplaced(tenant, onShards))
        .flatMap(Optional::stream)
        .reduce((a, b) -> new Objection(a.reason(), a.message() + "; " + b.message(), false));
  }

  private static Optional<Objection> unserved(Tenant tenant) {
    var asked = new ArrayList<>(fields(tenant));
    if (Exports.isAsked(tenant) && !Exports.isServed(tenant)) {
      asked.add("annotation " + Exports.ASK);
    }
    var message = "accepted, but nothing serves it yet: " + String.join(", ", asked);
    return Optional.of(new Objection("NotImplementedYet", message, false))
        .filter(o -> !asked.isEmpty());
  }

  private static Optional<Objection> unplaced(Tenant tenant, boolean onShards) {
    return Optional.of(
            new Objection(
                "NoShards",
                "spec.placement names a shard, and no ShardPolicy of strategy Tenant is on its BotCluster",
                false))
        .filter(o -> tenant.getSpec().placement() != null && !onShards);
  }

  private static Optional<Objection> misnamed(Tenant tenant) {
    return Optional.of(new Objection("InvalidExportName", Exports.MISNAMED, false))
        .filter(o -> Exports.isMisnamed(tenant));
  }

  /** The dotted paths, sorted. */
  static List<String> fields(Tenant tenant) {
    JsonNode spec = MAPPER.valueToTree(tenant.getSpec());
    var smallest = MAPPER.createObjectNode();
    smallest.set("clusterRef", spec.path("clusterRef"));
    var said = Definitions.tenant().property("spec").defaulted(smallest);
    return Differences.between("spec", said, spec).stream()
        .filter(path -> isUnserved(path, spec))
        .sorted()
        .toList();
  }

  private static boolean isUnserved(String path, JsonNode spec) {
    return "Cell".equals(spec.path("isolation").asText())
        && IN_CELL.stream().anyMatch(u -> path.equals(u) || path.startsWith(u + "."));
  }
}
