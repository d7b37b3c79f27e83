package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Entropy;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;

/** What is made once and stays as long as the data: keys, a login, tokens. */
record Credentials(Situation situation) {

  private static final int LENGTH = 48;

  /** More characters than a key of 256 bits needs. */
  private static final int SEED = 64;

  /** Of our own servers: the key of their data, and the operator's login. */
  List<Wish> forServers() {
    return List.of(
        once(Names.UNSEAL, Map.of("key", situation.facts().entropy().key())),
        once(Names.OPERATOR, Map.of(Names.USERNAME, Names.USER, Names.PASSWORD, password(LENGTH))));
  }

  /** Of applications: the key they sign with, and the token of each reader. */
  List<Wish> forApplications() {
    return List.of(
        once(Names.KEYS, Map.of("jwt-secret", password(SEED))),
        once(Names.TOKENS, Map.of(Names.BOT_SERVER, password(LENGTH))));
  }

  private Wish once(String suffix, Map<String, String> values) {
    Secret secret = Secrets.opaque(situation.part().meta(suffix), values);
    return new Wish.Once(secret, situation.retains());
  }

  private String password(int length) {
    Entropy entropy = situation.facts().entropy();
    return entropy.password(length);
  }
}
