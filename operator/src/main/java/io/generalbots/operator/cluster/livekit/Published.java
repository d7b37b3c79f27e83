package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Secret by which clients come in, whoever serves them. */
final class Published {

  private Published() {}

  /** The way to the servers of the cluster. */
  static Secret managed(Situation situation, Keys keys, KeyPair pair) {
    var host = situation.host(situation.part().name());
    var port = Integer.toString(Names.PORT);
    var values = new TreeMap<>(values(situation, pair));
    values.put("host", host);
    values.put("port", port);
    values.put("uri", "ws://%s:%s".formatted(host, port));
    var secret = Secrets.opaque(situation.part().meta(), values);
    keys.since(pair)
        .ifPresent(
            since ->
                secret.setMetadata(
                    new ObjectMetaBuilder(secret.getMetadata())
                        .addToAnnotations(Names.KEY_SINCE, since.toString())
                        .build()));
    return secret;
  }

  /** The way to one that runs elsewhere. */
  static Secret external(Situation situation, Address address, KeyPair pair) {
    var values = new TreeMap<>(values(situation, pair));
    values.put("host", address.host());
    values.put("port", Integer.toString(address.port()));
    values.put("uri", address.url());
    return Secrets.opaque(situation.part().meta(), values);
  }

  private static Map<String, String> values(Situation situation, KeyPair pair) {
    return Map.of(
        Names.API_KEY,
        pair.key(),
        Names.API_SECRET,
        pair.secret(),
        "public-uri",
        publicUri(situation));
  }

  /** Where browsers connect to. */
  private static String publicUri(Situation situation) {
    var external = Optional.ofNullable(situation.spec().external());
    return Optional.ofNullable(situation.spec().publicUrl())
        .or(() -> external.map(e -> Address.of(e.address()).url()))
        .orElseGet(() -> "wss://meet." + situation.cluster().getSpec().domain());
  }
}
