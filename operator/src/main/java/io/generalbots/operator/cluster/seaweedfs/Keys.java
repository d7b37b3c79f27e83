package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.cluster.encryption.EncryptionKeys;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys that the roles share: those that sign calls are made here, and may be anew any time. */
final class Keys {

  private static final int LENGTH = 48;

  /** Of a digest that only has to differ when keys do. */
  private static final int DIGITS = 16;

  /** The variables of SeaweedFS by the keys of the Secret. */
  private static final Map<String, String> SIGNING =
      new TreeMap<>(
          Map.of(
              "volume-write", "WEED_JWT_SIGNING_KEY",
              "volume-read", "WEED_JWT_SIGNING_READ_KEY",
              "filer-write", "WEED_JWT_FILER_SIGNING_KEY",
              "filer-read", "WEED_JWT_FILER_SIGNING_READ_KEY"));

  private final Situation situation;
  private final Map<String, String> signing;

  private Keys(Situation situation) {
    this.situation = situation;
    this.signing = new TreeMap<>();
    var known = secret(situation, Names.SIGNING);
    SIGNING
        .keySet()
        .forEach(
            key ->
                signing.put(
                    key,
                    known
                        .map(s -> Secrets.text(s, key))
                        .filter(v -> !v.isBlank())
                        .orElseGet(() -> situation.facts().entropy().password(LENGTH))));
  }

  /** The same all round long: what is made now is what pods are told of. */
  static Keys of(Situation situation) {
    return situation.facts().findings().of(Keys.class, () -> new Keys(situation));
  }

  List<Wish> wishes() {
    var meta = situation.part().meta(Names.SIGNING);
    return List.of(new Wish.Once(Secrets.opaque(meta, signing), false));
  }

  /** A digest, by which pods are restarted when keys have changed. */
  String revision() {
    return digest("");
  }

  /** The same of a text beside them, which cannot be guessed at without the keys. */
  String digest(String text) {
    return Digest.sha256(String.join("\n", signing.values()) + text).substring(0, DIGITS);
  }

  /** Those that a role needs. */
  static List<EnvVar> environment(Situation situation, Role role) {
    var part = situation.part();
    var variables = new ArrayList<EnvVar>();
    SIGNING.forEach(
        (key, variable) ->
            variables.add(Containers.secret(variable, part.name(Names.SIGNING), key)));
    if (role == Role.S3) {
      var secret = EncryptionKeys.secretName(situation.name());
      variables.add(Containers.secret("WEED_S3_SSE_KEK", secret, EncryptionKeys.DRIVE));
    }
    return variables;
  }

  /** Objects that nobody could read any more may be there, encrypted with a key that is gone. */
  static boolean isLost(Situation situation) {
    return new EncryptionKeys(situation.cluster(), situation.facts()).areLost();
  }

  private static Optional<Secret> secret(Situation situation, String suffix) {
    return situation.facts().find(Secret.class, situation.part().name(suffix));
  }
}
