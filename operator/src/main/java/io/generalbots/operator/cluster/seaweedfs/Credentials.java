package io.generalbots.operator.cluster.seaweedfs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may use the store. The password is the user's to change: whatever the Secret says is what the
 * gateways accept. They read it from a file, since a gateway without any identity is open to all.
 */
final class Credentials {

  static final String USERNAME = "username";
  static final String PASSWORD = "password";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String USER = "botserver";

  /** Buckets are made by bot servers themselves: Admin. */
  private static final List<String> ACTIONS = List.of("Admin", "Read", "Write", "List", "Tagging");

  private static final int LENGTH = 40;

  private final Situation situation;
  private final Optional<Secret> known;

  Credentials(Situation situation) {
    this.situation = situation;
    this.known = published(situation);
  }

  List<Wish> wishes() {
    var username = known.map(s -> Secrets.text(s, USERNAME)).orElse(USER);
    var password =
        known
            .map(s -> Secrets.text(s, PASSWORD))
            .orElseGet(() -> situation.facts().entropy().password(LENGTH));
    var meta = situation.part(Role.S3).meta();
    var login = Map.of(USERNAME, username, PASSWORD, password);
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Once(Secrets.basicAuth(meta, login), situation.retains()));
    wishes.add(new Wish.Managed(identities(username, password)));
    known.ifPresent(live -> wishes.add(new Wish.Amend(connection(live))));
    return wishes;
  }

  /** Half a login opens the store to nobody, and none at all would open it to everybody. */
  static boolean areUnusable(Situation situation) {
    return published(situation)
        .filter(s -> Secrets.text(s, USERNAME).isBlank() || Secrets.text(s, PASSWORD).isBlank())
        .isPresent();
  }

  private static Optional<Secret> published(Situation situation) {
    return situation.facts().find(Secret.class, situation.part(Role.S3).name());
  }

  private Secret identities(String username, String password) {
    var file = MAPPER.createObjectNode();
    var identity = file.putArray("identities").addObject().put("name", USER);
    identity
        .putArray("credentials")
        .addObject()
        .put("accessKey", username)
        .put("secretKey", password);
    ACTIONS.forEach(identity.putArray("actions")::add);
    var json = file.toString();
    return Secrets.opaque(situation.part().meta(Names.IDENTITIES), Map.of("s3.json", json));
  }

  /** What follows from the login and the spec, kept in step with both. */
  private Secret connection(Secret live) {
    var keys = new Connection(situation).keys();
    var secret = Secrets.basicAuth(live.getMetadata(), keys);
    secret.setMetadata(
        new ObjectMetaBuilder()
            .withName(live.getMetadata().getName())
            .withUid(live.getMetadata().getUid())
            .build());
    secret.setType(null);
    return secret;
  }
}
