package io.generalbots.edge.http;

import io.generalbots.edge.route.Decision;
import io.generalbots.edge.route.Facts;
import io.generalbots.edge.route.Outcome;
import io.generalbots.edge.route.Target;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * The door for proxies ({@code forward_auth} of Caddy): status 200 and headers that say where to,
 * or a status that the proxy hands to the client.
 *
 * <p>Every value of these headers was checked when the tables were read; none comes from a request.
 */
final class Authorize implements Handler<RoutingContext> {

  /** Seconds after which it is worth trying again. */
  private static final String SOON = "5";

  private static final int DAY = 86_400;

  private final RequestReader reader;
  private final Switchboard switchboard;
  private final Tally tally;

  Authorize(RequestReader reader, Switchboard switchboard, Tally tally) {
    this.reader = reader;
    this.switchboard = switchboard;
    this.tally = tally;
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    var response = context.response();
    try {
      var facts = reader.read(request);
      var decision = switchboard.decide(facts);
      tally.count(decision);
      answer(decision, facts, request);
    } catch (IllegalArgumentException e) {
      refuse(response, Outcome.BAD_REQUEST, "the policy that is asked for is no text");
    }
  }

  private static void answer(Decision decision, Facts facts, HttpServerRequest request) {
    var response = request.response();
    decision.policy().ifPresent(policy -> response.putHeader("X-Generalbots-Policy", policy));
    decision.target().ifPresent(target -> tell(response, target));
    if (decision.outcome() != Outcome.ROUTED) {
      refuse(response, decision.outcome(), decision.reason());
      return;
    }
    var isHttps = "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    decision
        .target()
        .filter(Target.Region.class::isInstance)
        .filter(region -> facts.origin().region().filter(region.name()::equals).isEmpty())
        .ifPresent(region -> response.putHeader("Set-Cookie", cookie(region.name(), isHttps)));
    response.end();
  }

  private static void tell(HttpServerResponse response, Target target) {
    response.putHeader("X-Generalbots-Endpoint", target.endpoint());
    if (target instanceof Target.Shard shard) {
      response.putHeader("X-Generalbots-Shard", shard.name());
      response.putHeader("X-Generalbots-Database", shard.database());
    } else if (target instanceof Target.Region region) {
      response.putHeader("X-Generalbots-Region", region.name());
      response.putHeader("X-Generalbots-Upstream", region.upstream());
    }
  }

  static void refuse(HttpServerResponse response, Outcome outcome, String reason) {
    if (outcome == Outcome.UNAVAILABLE) {
      response.putHeader("Retry-After", SOON);
    }
    response
        .setStatusCode(outcome.status())
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "no-store")
        .end(reason + "\n");
  }

  /** A day: whoever comes back later goes where all are sent. */
  private static String cookie(String region, boolean isHttps) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
        .formatted(RequestReader.COOKIE, region, DAY, isHttps ? "; Secure" : "");
  }
}
