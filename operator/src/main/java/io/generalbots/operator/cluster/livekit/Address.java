package io.generalbots.operator.cluster.livekit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a LiveKit that exists already.
 *
 * @param url as clients take it
 * @param host of the URL
 * @param port of the URL, or the one its scheme stands for
 */
record Address(String url, String host, int port) {

  private static final Pattern URL =
      Pattern.compile("(?<scheme>wss?|https)://(?<host>\\[[^]]+]|[^:/]+)(?::(?<port>\\d+))?(/.*)?");
  private static final int PLAIN = 80;
  private static final int SECURED = 443;

  /** What the schema lets through is always one. */
  static Address of(String text) {
    var matcher = URL.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the URL of a LiveKit: " + text);
    }
    var url = text.replaceFirst("^https:", "wss:");
    return new Address(url, matcher.group("host"), port(matcher));
  }

  private static int port(Matcher matcher) {
    var port = matcher.group("port");
    if (port != null) {
      return Integer.parseInt(port);
    }
    return "ws".equals(matcher.group("scheme")) ? PLAIN : SECURED;
  }
}
