package io.generalbots.scaling;

/** What a rule looks at, and how people write it. */
public enum Metric {
  /** Percentage of the CPU request, the mean of the replicas. */
  CPU("cpu", " %", true),
  /** Percentage of the memory request, the mean of the replicas. */
  MEMORY("memory", " %", true),
  /** Requests per second and replica. */
  REQUESTS_PER_SECOND("requests", "/s", true),
  /** Response time in milliseconds, of whichever percentile is measured. */
  RESPONSE_TIME_MILLIS("response time", " ms", false),
  /** Messages that wait, of all replicas together. */
  QUEUE_DEPTH("queue depth", "", false),
  /** What a query of the user's own comes to. */
  QUERY("query", "", false);

  private final String label;
  private final String unit;
  private final boolean shared;

  Metric(String label, String unit, boolean shared) {
    this.label = label;
    this.unit = unit;
    this.shared = shared;
  }

  /** Its name in a sentence. */
  public String label() {
    return label;
  }

  /** A value with its unit. */
  String amount(String value) {
    return value + unit;
  }

  /** Whether it is a load that replicas share, so that twice as many have half of it each. */
  boolean isShared() {
    return shared;
  }
}
