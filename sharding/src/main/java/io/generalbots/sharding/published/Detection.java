package io.generalbots.sharding.published;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How the place of a user is found. */
public enum Detection {
  /** By the address. */
  IP("Ip"),
  /** By a header that a proxy in front sets. */
  HEADER("Header");

  private final String label;

  Detection(String label) {
    this.label = label;
  }

  /** Name in the document and in the API. */
  public String label() {
    return label;
  }

  static Detection labelled(@Nullable String label) {
    return Arrays.stream(values())
        .filter(d -> d.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "detection is Ip or Header, not " + Form.shown(String.valueOf(label))));
  }
}
