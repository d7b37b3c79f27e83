package io.generalbots.operator.cluster.scaling;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.AutoscalingStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.BotServerInstance;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.api.v1alpha1.cluster.ScalingDecision;
import io.generalbots.api.v1alpha1.cluster.ScalingMode;
import io.generalbots.operator.kernel.Decision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of scaling as events: what was decided, and which bot server goes. */
public final class ScalingNews {

  private static final Set<BotServerStage> LEAVING =
      Set.of(BotServerStage.DRAINING, BotServerStage.STOPPING);

  private ScalingNews() {}

  /** What a status tells that the one before did not. */
  public static List<Decision> between(BotCluster before, BotClusterStatus now) {
    var former = Optional.ofNullable(before.getStatus());
    var known = former.map(BotClusterStatus::autoscaling).map(AutoscalingStatus::decisions);
    var decided =
        Stream.ofNullable(now.autoscaling())
            .flatMap(told -> told.decisions().stream())
            .filter(decision -> !known.orElse(List.of()).contains(decision))
            .map(decision -> decided(decision, before));
    var servers = former.map(BotClusterStatus::botservers).orElse(List.of());
    return Stream.of(decided, begun(before, servers, now), ended(servers, now))
        .flatMap(news -> news)
        .toList();
  }

  private static Decision decided(ScalingDecision decision, BotCluster cluster) {
    var isApplied = cluster.getSpec().autoscaling().mode() == ScalingMode.APPLY;
    var way = decision.to() > decision.from() ? "Out" : "In";
    return Decision.normal((isApplied ? "Scaled" : "WouldScale") + way, decision.message());
  }

  private static Stream<Decision> begun(
      BotCluster cluster, List<BotServerInstance> former, BotClusterStatus now) {
    var going = names(former, LEAVING);
    return now.botservers().stream()
        .filter(server -> server.stage() == BotServerStage.DRAINING)
        .filter(server -> !going.contains(server.name()))
        .map(
            server ->
                Decision.normal(
                    "Draining",
                    "%s gets nothing new, and ends when nothing is open in it, after %d s at most"
                        .formatted(server.name(), cluster.getSpec().botserver().drainSeconds())));
  }

  private static Stream<Decision> ended(List<BotServerInstance> former, BotClusterStatus now) {
    var there = names(now.botservers(), Set.of(BotServerStage.values()));
    return names(former, LEAVING).stream()
        .filter(name -> !there.contains(name))
        .sorted()
        .map(name -> Decision.normal("Drained", name + " has ended"));
  }

  private static Set<String> names(List<BotServerInstance> servers, Set<BotServerStage> stages) {
    return servers.stream()
        .filter(server -> stages.contains(server.stage()))
        .map(BotServerInstance::name)
        .collect(Collectors.toSet());
  }
}
