package io.generalbots.api.v1alpha1;

/** Names of the API group. */
public final class Api {

  /** The API group. */
  public static final String GROUP = "generalbots.io";

  /** The version of the group. */
  public static final String VERSION = "v1alpha1";

  /** Category that lists every kind: {@code kubectl get bots}. */
  public static final String CATEGORY = "bots";

  private Api() {}
}
