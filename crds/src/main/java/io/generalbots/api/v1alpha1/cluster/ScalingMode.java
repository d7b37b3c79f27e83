package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether decisions are carried out. */
public enum ScalingMode {
  /** They are. */
  @JsonProperty("Apply")
  APPLY,
  /** They are only reported. */
  @JsonProperty("DryRun")
  DRY_RUN
}
