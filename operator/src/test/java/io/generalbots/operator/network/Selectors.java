package io.generalbots.operator.network;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;

/** Which labels a selector selects. */
final class Selectors {

  private Selectors() {}

  static boolean selects(LabelSelector selector, Map<String, String> labels) {
    var wanted = selector.getMatchLabels();
    return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
        && selector.getMatchExpressions().stream().allMatch(e -> holds(e, labels));
  }

  private static boolean holds(LabelSelectorRequirement rule, Map<String, String> labels) {
    var value = labels.get(rule.getKey());
    return switch (rule.getOperator()) {
      case "In" -> value != null && rule.getValues().contains(value);
      case "NotIn" -> value == null || !rule.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> throw new IllegalArgumentException("no operator: " + rule.getOperator());
    };
  }
}
