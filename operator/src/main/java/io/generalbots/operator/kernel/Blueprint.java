package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The components of a kind, in the order in which they are planned and told. */
public record Blueprint<P extends HasMetadata>(List<Component<P>> components) {

  public Blueprint {
    components = List.copyOf(components);
  }

  /**
   * One plan per component, by component name, in order.
   *
   * @param primary the object as the component of this name is to see it
   */
  public Map<String, Plan> plan(Function<String, P> primary, Facts facts) {
    var plans = new LinkedHashMap<String, Plan>();
    components.forEach(c -> plans.put(c.name(), plan(c, primary.apply(c.name()), facts)));
    return plans;
  }

  /** One health per component, by component name, in order. */
  public Map<String, Health> health(P primary, Facts facts) {
    var healths = new LinkedHashMap<String, Health>();
    components.forEach(c -> healths.put(c.name(), health(c, primary, facts)));
    return healths;
  }

  /** A fault in one component does not keep the others from being planned. */
  private static <P extends HasMetadata> Plan plan(Component<P> component, P primary, Facts facts) {
    try {
      return component.plan(primary, facts);
    } catch (RuntimeException e) {
      return new Plan.Failed(e);
    }
  }

  private static <P extends HasMetadata> Health health(
      Component<P> component, P primary, Facts facts) {
    try {
      return component.health(primary, facts);
    } catch (RuntimeException e) {
      return Health.waiting("Fault", "the health could not be told: " + e);
    }
  }
}
