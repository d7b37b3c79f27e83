package io.generalbots.operator.cluster.volumes;

/** Why volumes do not grow that are to grow by themselves. */
final class Reasons {

  /** They are as large as they may become. */
  static final String AT_MAX_SIZE = "AtMaxSize";

  /** Their storage cannot. */
  static final String CANNOT_EXPAND = "CannotExpand";

  /** Nobody says how full they are. */
  static final String USAGE_UNKNOWN = "UsageUnknown";

  private Reasons() {}
}
