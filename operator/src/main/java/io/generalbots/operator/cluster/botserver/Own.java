package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;

/**
 * What these bot servers alone have.
 *
 * @param variables that no user may set either
 * @param companions containers that run beside each server
 */
public record Own(List<EnvVar> variables, List<Container> companions) {

  static final Own NONE = new Own(List.of(), List.of());

  public Own {
    variables = List.copyOf(variables);
    companions = List.copyOf(companions);
  }
}
