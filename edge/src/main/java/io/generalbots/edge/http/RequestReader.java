package io.generalbots.edge.http;

import io.generalbots.edge.address.Literal;
import io.generalbots.edge.address.TrustedProxies;
import io.generalbots.edge.route.Facts;
import io.generalbots.edge.route.Keys;
import io.generalbots.edge.route.Origin;
import io.generalbots.edge.route.Query;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a proxy tells of a request.
 *
 * <p>Host and URI are believed of anybody: whoever could send another one there could send it as
 * its own as well, and gets what is for that. Address and country are believed of trusted proxies
 * alone.
 *
 * @param proxies whose word counts
 * @param countryHeader that has the country
 * @param clock tells the time
 */
public record RequestReader(TrustedProxies proxies, String countryHeader, InstantSource clock) {

  /**
   * The cookie that says which region served a user last. It is not signed: the worst that a forged
   * one does is that its sender uses a region that is up before others do, and a region that there
   * is not is nobody's. It says nothing of who the user is.
   */
  static final String COOKIE = "gbo-region";

  /** All that a decision depends on. */
  Facts read(HttpServerRequest request) {
    var headers = request.headers();
    var host =
        Optional.ofNullable(headers.get("X-Forwarded-Host"))
            .or(() -> Optional.ofNullable(headers.get("Host")));
    var query = Query.ofUri(Optional.ofNullable(headers.get("X-Forwarded-Uri")).orElse(""));
    return new Facts(
        policy(request),
        host.flatMap(Facts::host),
        new Keys(headers.getAll(Keys.HEADER), query),
        origin(request),
        clock.instant());
  }

  /** The one that the proxy's own URI names. */
  private static Optional<String> policy(HttpServerRequest request) {
    var query = Optional.ofNullable(request.query());
    return query.flatMap(text -> new Query(text).first("policy"));
  }

  private Origin origin(HttpServerRequest request) {
    var peer = peer(request.remoteAddress());
    var headers = request.headers();
    var client = peer.map(p -> proxies.client(p, headers.getAll("X-Forwarded-For")));
    var country =
        peer.filter(proxies::trust).flatMap(p -> Optional.ofNullable(headers.get(countryHeader)));
    var region = Optional.ofNullable(request.getCookie(COOKIE)).map(Cookie::getValue);
    return new Origin(client, country, region);
  }

  /** Without the interface that an address of the link has behind it. */
  private static Optional<InetAddress> peer(SocketAddress remote) {
    return Optional.ofNullable(remote.hostAddress())
        .flatMap(text -> Literal.of(text.split("%", 2)[0]));
  }
}
