package io.generalbots.edge.http;

import io.generalbots.edge.address.Literal;
import io.generalbots.edge.route.Decision;
import io.generalbots.edge.route.Facts;
import io.generalbots.edge.route.Keys;
import io.generalbots.edge.route.Origin;
import io.generalbots.edge.route.Query;
import io.generalbots.edge.route.Target;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Explains a decision to people. What is asked here is not counted, and believed as it is. */
final class Explain implements Handler<RoutingContext> {

  private final Switchboard switchboard;
  private final InstantSource clock;

  Explain(Switchboard switchboard, InstantSource clock) {
    this.switchboard = switchboard;
    this.clock = clock;
  }

  @Override
  public void handle(RoutingContext context) {
    try {
      var asked = new Query(Optional.ofNullable(context.request().query()).orElse(""));
      var decision = switchboard.decide(facts(asked));
      answer(context, 200, json(decision));
    } catch (IllegalArgumentException e) {
      answer(context, 400, new JsonObject().put("reason", e.getMessage()));
    }
  }

  private Facts facts(Query asked) {
    var path = Query.ofUri(asked.first("path").orElse(""));
    var header = asked.first("key").map(Explain::octets).map(List::of).orElse(List.of());
    var origin =
        new Origin(
            asked.first("address").map(Explain::address),
            asked.first("country"),
            asked.first("region"));
    return new Facts(
        asked.first("policy"),
        asked.first("host").flatMap(Facts::host),
        new Keys(header, path),
        origin,
        clock.instant());
  }

  /** As a header would have it. */
  private static String octets(String key) {
    return new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static InetAddress address(String text) {
    return Literal.of(text)
        .orElseThrow(() -> new IllegalArgumentException("this is no address: " + text));
  }

  private static JsonObject json(Decision decision) {
    var json =
        new JsonObject()
            .put("outcome", decision.outcome().label())
            .put("status", decision.outcome().status());
    decision.policy().ifPresent(policy -> json.put("policy", policy));
    decision.target().ifPresent(target -> put(json, target));
    if (!decision.stage().isEmpty()) {
      json.put("stage", decision.stage());
    }
    return json.put("reason", decision.reason());
  }

  private static void put(JsonObject json, Target target) {
    if (target instanceof Target.Shard shard) {
      json.put("shard", shard.name()).put("database", shard.database());
    } else if (target instanceof Target.Region region) {
      json.put("region", region.name()).put("upstream", region.upstream());
    }
    json.put("endpoint", target.endpoint());
  }

  private static void answer(RoutingContext context, int status, JsonObject json) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(json.encodePrettily() + "\n");
  }
}
