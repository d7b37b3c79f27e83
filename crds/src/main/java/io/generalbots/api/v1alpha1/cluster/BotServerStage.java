package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a bot server is in its life. */
public enum BotServerStage {
  /** It is there, and has no node yet. */
  @JsonProperty("Creating")
  CREATING("Creating"),
  /** Its node gets it what it needs: image, volumes, companions. */
  @JsonProperty("Configuring")
  CONFIGURING("Configuring"),
  /** It runs, and does not serve yet. */
  @JsonProperty("Starting")
  STARTING("Starting"),
  /** It serves. */
  @JsonProperty("Ready")
  READY("Ready"),
  /** It gets nothing new, and what is open may end. */
  @JsonProperty("Draining")
  DRAINING("Draining"),
  /** It ends. */
  @JsonProperty("Stopping")
  STOPPING("Stopping");

  private final String word;

  BotServerStage(String word) {
    this.word = word;
  }

  /** As it stands in the label of its pod. */
  public String word() {
    return word;
  }
}
