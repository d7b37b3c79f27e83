package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.SeaweedExternal;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An object store that exists already: nothing runs, and the Secrets that applications read are
 * composed from the user's, one for each bucket that there has to be.
 *
 * @param cluster the cluster
 * @param spec where the store is
 * @param facts what is known
 */
record ExternalStore(BotCluster cluster, SeaweedExternal spec, Facts facts) {

  private static final int HTTP = 80;
  private static final String ACCESS_KEY = "access_key";
  private static final String SECRET_KEY = "secret_key";

  Plan plan() {
    return trouble().<Plan>map(Plan.Hold::new).orElseGet(() -> new Plan.Apply(published()));
  }

  Health health() {
    return trouble()
        .map(t -> Health.waiting("SecretUnusable", t))
        .orElseGet(() -> Health.ready("the object store at " + spec.endpoint() + " is used"));
  }

  private Optional<String> trouble() {
    return given()
        .missing(spec.secretName(), ACCESS_KEY)
        .or(() -> given().missing(spec.secretName(), SECRET_KEY))
        .or(() -> given().missingAuthority(spec.caSecretName()));
  }

  private List<Wish> published() {
    return Buckets.of(cluster).stream().<Wish>map(b -> new Wish.Managed(published(b))).toList();
  }

  private Secret published(Bucket bucket) {
    var endpoint = Address.of(spec.endpoint(), HTTP);
    var keys = new TreeMap<String, String>();
    keys.put(Account.USERNAME, value(spec.secretName(), ACCESS_KEY));
    keys.put(Account.PASSWORD, value(spec.secretName(), SECRET_KEY));
    keys.put("host", endpoint.host());
    keys.put("port", Integer.toString(endpoint.port()));
    keys.put("uri", spec.endpoint());
    keys.put("region", Optional.ofNullable(spec.region()).orElse(Names.REGION));
    keys.put("bucket", bucket.name());
    given()
        .value(spec.caSecretName(), Given.AUTHORITY)
        .ifPresent(pem -> keys.put(Given.AUTHORITY, pem));
    return Secrets.basicAuth(bucket.secret(cluster.getMetadata().getName()), keys);
  }

  private String value(String secret, String key) {
    return given().value(secret, key).orElse("");
  }

  private Given given() {
    return new Given(facts, "spec.seaweedfs.external");
  }
}
