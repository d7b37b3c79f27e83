package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Qdrant of the user's own: nothing runs, and the published Secret says where it is, under the
 * keys that a managed one would have.
 *
 * @param situation the cluster whose spec names it
 */
record Elsewhere(Situation situation) {

  /** As the user's Secret spells it. */
  private static final String GIVEN_KEY = "api_key";

  /** Host and port of a URL; a host may be an IPv6 address in brackets. */
  private static final Pattern ADDRESS =
      Pattern.compile("^https?://(\\[[^]]+]|[^:/?#]+)(?::(\\d+))?");

  private static final String DEFAULT_PORT = Integer.toString(Names.HTTP_PORT);

  /** Nothing but the Secret, once all that it is made of is there. */
  Plan plan() {
    var missing = missing();
    return missing.isEmpty()
        ? Plan.apply(new Wish.Managed(Secrets.opaque(situation.part().meta(), keys())))
        : new Plan.Hold(told(missing));
  }

  /** It is the user's to look after; what can be said is whether clients can be told of it. */
  Health health() {
    var missing = missing();
    return missing.isEmpty() ? Health.disabled() : Health.waiting("SecretNotFound", told(missing));
  }

  static Set<String> secrets(BotCluster cluster) {
    return Given.secrets(cluster.getSpec().qdrant().external());
  }

  private Set<String> missing() {
    var missing = new HashSet<>(secrets(situation.cluster()));
    missing.removeIf(name -> situation.facts().surroundings().secret(name).isPresent());
    return missing;
  }

  private static String told(Set<String> missing) {
    return "spec.qdrant.external names what does not exist: Secret "
        + missing.stream().sorted().collect(Collectors.joining(", "));
  }

  private Map<String, String> keys() {
    var external = external();
    var address = ADDRESS.matcher(external.address());
    var keys = new TreeMap<String, String>();
    keys.put("uri", external.address());
    if (address.find()) {
      keys.put("host", address.group(1));
      keys.put("port", Objects.requireNonNullElse(address.group(2), DEFAULT_PORT));
    }
    keys.put("grpc-port", Integer.toString(Names.GRPC_PORT));
    given(external.secretName(), GIVEN_KEY).ifPresent(key -> keys.put(Names.API_KEY, key));
    given(external.caSecretName(), Names.AUTHORITY)
        .ifPresent(pem -> keys.put(Names.AUTHORITY, pem));
    return keys;
  }

  private Optional<String> given(@Nullable String name, String key) {
    return Optional.ofNullable(name)
        .flatMap(situation.facts().surroundings()::secret)
        .map((Secret s) -> Secrets.text(s, key))
        .filter(text -> !text.isEmpty());
  }

  private ExternalService external() {
    return Objects.requireNonNull(situation.spec().external());
  }
}
