package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.postgres.Postgres;
import io.generalbots.operator.cluster.valkey.Valkey;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servers that exist already: applications find them as they would find managed ones. */
class ElsewhereTest {

  private static final String EXTERNAL =
      "{external: {address: '%s', secretName: given, caSecretName: trusted}}";
  private static final String PLAIN = "{external: {address: '%s', secretName: given}}";

  @Test
  void aDatabaseIsPublishedInEveryFormAndEscaped() {
    var given = user("given", Map.of("username", "a b", "password", "p:\\/@", "dbname", "bots"));
    var secret = secret(new Postgres(), "postgres", PLAIN.formatted("db.example.com"), given);
    assertThat(secret.getMetadata().getName()).isEqualTo("demo-app");
    assertThat(Secrets.text(secret, "uri"))
        .isEqualTo("postgresql://a%20b:p%3A%5C%2F%40@db.example.com:5432/bots?sslmode=require");
    assertThat(Secrets.text(secret, "jdbc-uri"))
        .startsWith("jdbc:postgresql://db.example.com:5432/bots?user=a%20b&password=p%3A");
    assertThat(Secrets.text(secret, "pgpass"))
        .isEqualTo("db.example.com:5432:bots:a b:p\\:\\\\/@\n");
  }

  @Test
  void aDatabaseOfNoNameIsBotservers() {
    var given = user("given", Map.of("username", "app", "password", "secret"));
    var secret = secret(new Postgres(), "postgres", PLAIN.formatted("db:5433"), given);
    assertThat(Secrets.text(secret, "dbname")).isEqualTo("botserver");
    assertThat(Secrets.text(secret, "port")).isEqualTo("5433");
  }

  @Test
  void whoseAuthorityIsNamedIsTrustedByIt() {
    var given = user("given", Map.of("username", "app", "password", "secret"));
    var authority = user("trusted", Map.of("ca.crt", "PEM"));
    var spec = EXTERNAL.formatted("server.example.com");
    assertThat(Secrets.text(secret(new Postgres(), "postgres", spec, given, authority), "ca.crt"))
        .isEqualTo("PEM");
    var cache = secret(new Valkey(), "valkey", spec, given, authority);
    assertThat(Secrets.text(cache, "ca.crt")).isEqualTo("PEM");
    assertThat(Secrets.text(cache, "uri")).isEqualTo("rediss://app:secret@server.example.com:6379");
  }

  @Test
  void aCacheOfNoUserHasTheDefaultOne() {
    var given = user("given", Map.of("password", "p@ss"));
    var secret = secret(new Valkey(), "valkey", PLAIN.formatted("cache:6380"), given);
    assertThat(Secrets.text(secret, "uri")).isEqualTo("redis://default:p%40ss@cache:6380");
  }

  @Test
  void aCacheMayBeOpenToAll() {
    var secret = secret(new Valkey(), "valkey", "{external: {address: 'cache:6379'}}");
    assertThat(Secrets.text(secret, "uri")).isEqualTo("redis://cache:6379");
  }

  @Test
  void whatIsMissingIsNamedAndNothingIsWritten() {
    var whole = user("given", Map.of("username", "app", "password", "secret"));
    var half = user("given", Map.of("username", "app"));
    assertTrouble(new Postgres(), "postgres", "given", "username");
    assertTrouble(new Postgres(), "postgres", "given", "password", half);
    assertTrouble(new Postgres(), "postgres", "trusted", "ca.crt", whole);
    assertTrouble(new Valkey(), "valkey", "given", "password", half);
    assertTrouble(new Valkey(), "valkey", "trusted", "ca.crt", whole);
  }

  private static void assertTrouble(
      Component<BotCluster> component, String block, String secret, String key, Secret... users) {
    var cluster = cluster(block, EXTERNAL.formatted("server.example.com"));
    var facts = facts(users);
    assertThat(component.plan(cluster, facts)).isInstanceOf(Plan.Hold.class);
    var health = component.health(cluster, facts);
    assertThat(health.serves()).isFalse();
    assertThat(health.message())
        .isEqualTo(
            "Secret %s of spec.%s.external has no key %s: create it in this namespace"
                .formatted(secret, block, key));
  }

  private static Secret secret(
      Component<BotCluster> component, String block, String spec, Secret... users) {
    var plan = (Plan.Apply) component.plan(cluster(block, spec), facts(users));
    assertThat(plan.wishes()).hasSize(1);
    return (Secret) ((Wish.Managed) plan.wishes().get(0)).object();
  }

  private static Facts facts(Secret... users) {
    return new Facts(Instant.EPOCH, new SecureEntropy(), List.of(), World.SETTINGS)
        .in(new Surroundings(List.of(users), Set.of()));
  }

  private static Secret user(String name, Map<String, String> values) {
    var meta = new ObjectMetaBuilder().withName(name).withNamespace("bots").build();
    return Secrets.opaque(meta, values);
  }

  private static BotCluster cluster(String block, String spec) {
    var serialization = new KubernetesSerialization();
    var written =
        serialization.unmarshal(
            """
            apiVersion: generalbots.io/v1alpha1
            kind: BotCluster
            metadata: {name: demo, namespace: bots}
            spec: {domain: bots.example.com, %s: %s}
            """
                .formatted(block, spec),
            JsonNode.class);
    return serialization.convertValue(
        Definitions.botCluster().defaulted(written), BotCluster.class);
  }
}
