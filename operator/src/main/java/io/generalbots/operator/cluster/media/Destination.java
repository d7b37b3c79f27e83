package io.generalbots.operator.cluster.media;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A port that a pipeline names, on whatever host: addresses behind a name may change any time.
 *
 * @param protocol as Kubernetes spells it
 * @param port its number
 */
record Destination(String protocol, int port) {

  private static final String TCP = "TCP";
  private static final String UDP = "UDP";
  private static final int HIGHEST = 65_535;

  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>[a-z]+)://(?:[^@/\\s]*@)?(?<host>\\[[^]]*]|[^:/?\\s]+)(?::(?<port>\\d{1,5}))?");

  /** The property of elements that take host and port apart. */
  private static final Pattern PROPERTY = Pattern.compile("^port=(?<port>\\d{1,5})$");

  /** The ports that the schemes stand for; those without one always name it. */
  private static final Map<String, Integer> TCP_SCHEMES =
      Map.of("rtmp", 1935, "rtmps", 443, "http", 80, "https", 443, "rtsp", 554, "rtsps", 322);

  private static final List<String> UDP_SCHEMES = List.of("srt", "udp", "rtp");

  /** Where the elements with these arguments connect to, in order and each once. */
  static List<Destination> of(List<String> arguments) {
    var order = Comparator.comparing(Destination::protocol).thenComparing(Destination::port);
    var all = new TreeSet<Destination>(order);
    for (var argument : arguments) {
      URL.matcher(argument).results().flatMap(Destination::named).forEach(all::add);
      PROPERTY.matcher(argument).results().flatMap(Destination::either).forEach(all::add);
    }
    return List.copyOf(all);
  }

  private static Stream<Destination> named(MatchResult url) {
    var scheme = url.group(1);
    var usual = Optional.ofNullable(TCP_SCHEMES.get(scheme));
    var port = Optional.ofNullable(url.group(3)).map(Integer::valueOf).or(() -> usual);
    var protocol = UDP_SCHEMES.contains(scheme) ? UDP : TCP;
    return port.map(p -> new Destination(protocol, p)).stream().filter(Destination::isReal);
  }

  /** Only the element knows which protocol it speaks. */
  private static Stream<Destination> either(MatchResult property) {
    var port = Integer.parseInt(property.group(1));
    return Stream.of(new Destination(TCP, port), new Destination(UDP, port))
        .filter(Destination::isReal);
  }

  private boolean isReal() {
    return port > 0 && port <= HIGHEST;
  }
}
