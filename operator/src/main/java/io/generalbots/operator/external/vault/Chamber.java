package io.generalbots.operator.external.vault;

import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.NotOurs;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of what a Tenant has in a vault: a namespace, and a policy for each token that reads
 * there. A policy is of one token, whose digest is in its name: without it the token opens nothing,
 * also where nobody knows the token any more.
 *
 * @param tenant the name of the Tenant
 * @param holder the uid of the Tenant
 */
public record Chamber(String tenant, String holder) {

  private static final String PREFIX = "t-";
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final String POLICIES = "sys/policies/acl";
  private static final String HOLDER = "generalbots.io/tenant";
  private static final String KEPT = "generalbots.io/kept";
  private static final int DIGITS = 16;

  public Chamber {
    if (!LABEL.matcher(tenant).matches() || !UID.matcher(holder).matches()) {
      throw new IllegalArgumentException("a Tenant of this name or uid can have no namespace");
    }
  }

  /** The name of the namespace of a Tenant. */
  public static String name(String tenant) {
    return PREFIX + tenant;
  }

  /** The names of all namespaces of Tenants that are in a vault. */
  public static List<String> all(Vertx vertx, Access access) {
    try (var session = Session.open(vertx, access)) {
      return session.list("sys/namespaces").stream()
          .map(name -> name.replaceAll("/$", ""))
          .filter(name -> name.startsWith(PREFIX))
          .toList();
    }
  }

  String name() {
    return name(tenant);
  }

  /** What paths within it begin with. */
  String within() {
    return name() + "/";
  }

  String policy(String token) {
    return name() + "." + Digest.sha256(token).substring(0, DIGITS);
  }

  /** What is known of the namespace; empty if it is not there. */
  Optional<JsonObject> found(Session session) {
    var found = session.ask("sys/namespaces/" + name());
    if (found.filter(n -> n.getBoolean("tainted", false)).isPresent()) {
      throw new Unfinished("namespace %s of the vault is being removed".formatted(name()));
    }
    return found;
  }

  /** Writes down that the Tenant is there, or that it is gone and its namespace stays. */
  void mark(Session session, boolean kept) {
    var marks = new JsonObject().put(kept ? KEPT : HOLDER, holder);
    session.tell("sys/namespaces/" + name(), new JsonObject().put("custom_metadata", marks));
  }

  boolean isHeld(JsonObject namespace) {
    var marks = marks(namespace);
    return holder.equals(marks.getString(HOLDER, marks.getString(KEPT, "")));
  }

  boolean isMarked(JsonObject namespace, boolean kept) {
    return holder.equals(marks(namespace).getString(kept ? KEPT : HOLDER, ""));
  }

  /**
   * It belongs to nobody else.
   *
   * @param adopt whether one without a mark, or whose Tenant is gone, is the Tenant's
   */
  void claim(JsonObject namespace, boolean adopt) {
    var isAnothers = marks(namespace).containsKey(HOLDER);
    if (!isHeld(namespace) && (isAnothers || !adopt)) {
      throw new NotOurs("namespace %s of the vault".formatted(name()));
    }
  }

  /** Ends every login but those with these policies, at once. */
  void shut(Session session, Set<String> policies) {
    session.list(POLICIES).stream()
        .filter(policy -> isOwn(policy) && !policies.contains(policy))
        .forEach(policy -> session.remove(POLICIES + "/" + policy));
  }

  /** Lets a token read what is there, and nothing else. */
  void admit(Session session, String token, String path) {
    var policy = "path \"%s%s/*\" { capabilities = [\"read\"] }".formatted(within(), path);
    session.tell(POLICIES + "/" + policy(token), new JsonObject().put("policy", policy));
  }

  /** Names of Tenants have no dot: nobody's policy looks like another's. */
  private boolean isOwn(String policy) {
    return policy.matches(Pattern.quote(name()) + "\\.[0-9a-f]{%d}".formatted(DIGITS));
  }

  private static JsonObject marks(JsonObject namespace) {
    return Optional.ofNullable(namespace.getJsonObject("custom_metadata"))
        .orElseGet(JsonObject::new);
  }
}
