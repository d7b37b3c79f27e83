package io.generalbots.operator.cluster.volumes;

import io.generalbots.operator.kernel.Reading;
import java.util.List;
import java.util.Map;

/**
 * What kubelets say of the volumes of a BotCluster that grow by themselves. Two are equal if no
 * volume is fuller by a percent and nobody is silent who was not.
 *
 * @param fills how full each is, by the name of its claim
 * @param silent claims of which the kubelet that mounts them tells nothing
 * @param troubles why others are not known, each a clause for people
 */
public record VolumesSeen(Map<String, Fill> fills, List<String> silent, List<String> troubles)
    implements Reading {

  /** Nothing is known, and nothing keeps it from being known. */
  public static final VolumesSeen NOTHING = new VolumesSeen(Map.of(), List.of(), List.of());

  public VolumesSeen {
    fills = Map.copyOf(fills);
    silent = silent.stream().sorted().toList();
    troubles = troubles.stream().sorted().distinct().toList();
  }
}
