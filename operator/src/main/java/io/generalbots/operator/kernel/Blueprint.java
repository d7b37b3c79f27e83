package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The components of a kind, in the order in which they are planned and told. */
public record Blueprint<P extends HasMetadata>(List<Component<P>> components) {

  public Blueprint {
    components = List.copyOf(components);
  }

  /** One plan per component, by component name, in order. */
  public Map<String, Plan> plan(P primary, Facts facts) {
    var plans = new LinkedHashMap<String, Plan>();
    components.forEach(c -> plans.put(c.name(), c.plan(primary, facts)));
    return plans;
  }

  /** One health per component, by component name, in order. */
  public Map<String, Health> health(P primary, Facts facts) {
    var healths = new LinkedHashMap<String, Health>();
    components.forEach(c -> healths.put(c.name(), c.health(primary, facts)));
    return healths;
  }
}
