package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.SeaweedExternal;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An object store that exists already: nothing runs, and the Secrets that applications read are
 * composed from the user's, one for each bucket that there has to be.
 *
 * @param cluster the cluster
 * @param spec where the store is
 * @param facts what is known
 */
record ExternalStore(BotCluster cluster, SeaweedExternal spec, Facts facts) {

  private static final Pattern ENDPOINT =
      Pattern.compile("(https?)://(\\[[^\\]]+\\]|[^/:]+)(?::(\\d+))?(?:/.*)?");

  private static final Map<String, String> PORTS = Map.of("http", "80", "https", "443");
  private static final String ACCESS_KEY = "access_key";
  private static final String SECRET_KEY = "secret_key";
  private static final String CA = "ca.crt";

  Plan plan() {
    return trouble().<Plan>map(Plan.Hold::new).orElseGet(() -> new Plan.Apply(published()));
  }

  Health health() {
    return trouble()
        .map(t -> Health.waiting("SecretUnusable", t))
        .orElseGet(() -> Health.ready("the object store at " + spec.endpoint() + " is used"));
  }

  private Optional<String> trouble() {
    return missing(spec.secretName(), ACCESS_KEY)
        .or(() -> missing(spec.secretName(), SECRET_KEY))
        .or(() -> Optional.ofNullable(spec.caSecretName()).flatMap(ca -> missing(ca, CA)));
  }

  private Optional<String> missing(String secret, String key) {
    return value(secret, key).isBlank()
        ? Optional.of(
            "Secret %s of spec.seaweedfs.external has no key %s: create it in this namespace"
                .formatted(secret, key))
        : Optional.empty();
  }

  private List<Wish> published() {
    return Buckets.of(cluster).stream().<Wish>map(b -> new Wish.Managed(published(b))).toList();
  }

  private Secret published(Bucket bucket) {
    var endpoint = ENDPOINT.matcher(spec.endpoint());
    if (!endpoint.matches()) {
      throw new IllegalStateException("the schema lets only URLs pass: " + spec.endpoint());
    }
    var keys = new TreeMap<String, String>();
    keys.put(Account.USERNAME, value(spec.secretName(), ACCESS_KEY));
    keys.put(Account.PASSWORD, value(spec.secretName(), SECRET_KEY));
    keys.put("host", endpoint.group(2));
    keys.put("port", Optional.ofNullable(endpoint.group(3)).orElse(PORTS.get(endpoint.group(1))));
    keys.put("uri", spec.endpoint());
    keys.put("region", Optional.ofNullable(spec.region()).orElse(Names.REGION));
    keys.put("bucket", bucket.name());
    Optional.ofNullable(spec.caSecretName()).ifPresent(ca -> keys.put(CA, value(ca, CA)));
    return Secrets.basicAuth(bucket.secret(cluster.getMetadata().getName()), keys);
  }

  private String value(String secret, String key) {
    return facts.surroundings().secret(secret).map(s -> Secrets.text(s, key)).orElse("");
  }
}
