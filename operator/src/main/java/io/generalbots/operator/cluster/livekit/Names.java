package io.generalbots.operator.cluster.livekit;

/** Names, ports and keys of LiveKit's objects, each spelled once; the script uses the same. */
final class Names {

  static final String COMPONENT = "livekit";
  static final String CONFIG = "config";
  static final String KEY = "key";
  static final String BUS = "bus";
  static final String TURN = "turn";

  /** Signals and the API. */
  static final int PORT = 7880;

  /** Media, for clients that cannot send UDP. */
  static final int TCP_MEDIA = 7881;

  /** Media of all participants, told apart by their addresses. */
  static final int UDP_MEDIA = 7882;

  static final int METRICS = 6789;

  /** Where the TURN server speaks for its clients. */
  static final int RELAY_FIRST = 40_000;

  static final int RELAY_LAST = 40_999;

  /** Browsers are always told to find TURN by TLS here, whatever it listens on. */
  static final int TURN_PUBLIC = 443;

  static final String API_KEY = "api-key";
  static final String API_SECRET = "api-secret";

  /** Any new value of this annotation replaces the key. */
  static final String ROTATE = "generalbots.io/rotate";

  /** What the servers have to be restarted for when it changes, as a digest. */
  static final String DIGEST = "generalbots.io/secrets-digest";

  /** Since when the published key is the one that is published. */
  static final String KEY_SINCE = "generalbots.io/key-since";

  private Names() {}
}
