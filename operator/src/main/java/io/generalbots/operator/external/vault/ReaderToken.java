package io.generalbots.operator.external.vault;

import io.generalbots.operator.kernel.Decision;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A token that reads the entries and nothing else, valid for another period from now on. It is
 * chosen by us, so that an operator that ends in between finds it again.
 *
 * @param access the way to the vault
 * @param place what it reads
 * @param consumer who reads with it
 * @param token the token
 */
public record ReaderToken(Access access, Contents.Place place, String consumer, String token)
    implements VaultStep {

  /** How long it is valid unless it is renewed. */
  public static final Duration PERIOD = Duration.ofDays(30);

  @Override
  public Decision decision() {
    return Decision.normal(
        "VaultTokenRenewed",
        "the token of %s is valid for another %d days".formatted(consumer, PERIOD.toDays()));
  }

  @Override
  public String toString() {
    return "token of %s at %s".formatted(consumer, access);
  }

  static void perform(ReaderToken step, Session session) {
    extend(session, step.token, step.consumer, step.place.policy());
  }

  /** Makes a token valid for another period, or at all. */
  static void extend(Session session, String token, String name, String policy) {
    var known = new JsonObject().put("token", token);
    if (!session.isDone("auth/token/renew", known)) {
      session.tell("auth/token/create", request(name, policy).put("id", token));
    }
  }

  private static JsonObject request(String name, String policy) {
    return new JsonObject()
        .put("display_name", name)
        .put("policies", new JsonArray().add(policy))
        .put("no_default_policy", true)
        .put("no_parent", true)
        .put("period", PERIOD.toSeconds() + "s");
  }
}
