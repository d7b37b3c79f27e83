package io.generalbots.edge.route;

/** What came of a request. */
public enum Outcome {
  /** It has a shard or a region. */
  ROUTED(200),
  /** It does not say what is needed. */
  BAD_REQUEST(400),
  /** No policy is for it. */
  UNKNOWN(404),
  /** What should serve it is down. */
  UNAVAILABLE(503);

  private final int status;

  Outcome(int status) {
    this.status = status;
  }

  /** Status of HTTP. */
  public int status() {
    return status;
  }

  /** Value of a label. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
