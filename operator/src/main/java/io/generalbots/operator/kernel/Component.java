package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One part of the infrastructure. Both functions are pure: same arguments, same answer. */
public interface Component<P extends HasMetadata> {

  /** The label value and condition prefix of this component, lower case: {@code postgres}. */
  String name();

  /** What has to exist for this component, given what is known. */
  Plan plan(P primary, Facts facts);

  /** How this component is, from facts alone. */
  Health health(P primary, Facts facts);
}
