package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.golden.ConvergenceTest.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No secret is anywhere but in Secrets: not in an object, a status, an event, a reason or a step,
 * neither as it is nor encoded, and whether it is the operator's own or a user's.
 */
class SecrecyTest {

  private static final int ROUNDS = 5;
  private static final int STEPS = 6;
  private static final Life RUNNING =
      Life.of("{postgres: {instances: 3}, valkey: {replicas: 3}}").settle();
  private static final Pattern PASSWORD = Pattern.compile(Numbered.PASSWORD);

  /** The keys under which users keep what the operator reads. */
  private static final List<String> KEYS =
      List.of("username", "password", "token", "tls.key", "tls.crt", "ca.crt", "secret_key", "sid");

  static Stream<Arguments> clusters() {
    var provided = "{certificates: {caSecretName: company-ca, serverSecretName: company-server}}";
    return Stream.concat(
        Case.all().stream().map(c -> new Arguments(c.toString(), c.cluster())),
        Stream.of(new Arguments("a broken certificate of a user", cluster(provided))));
  }

  /** A BotCluster by a name for people. */
  record Arguments(String name, BotCluster cluster) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void noSecretIsOutsideOfSecrets(Arguments given) {
    var entropy = new Remembered();
    var store = new Store();
    var cluster = given.cluster();
    var world =
        new World(cluster, store, entropy, World.Deeds.NONE).beside(users(cluster, entropy));
    for (var round = 0; round < ROUNDS; round++) {
      world.round(Instant.EPOCH);
      assertThat(Telling.of(cluster, store.all(), world.facts(Instant.EPOCH)))
          .allSatisfy(text -> assertThat(entropy.in(text)).as(text).isEmpty());
    }
    // Where an issuer makes the certificates and no server runs, nothing secret is made here.
    if (cluster.getSpec().certificates().issuerRef() == null) {
      assertThat(entropy.count()).isPositive();
      assertThat(store.all(Secret.class)).isNotEmpty();
    }
  }

  /** Pods, rollouts, failovers and repairs included. */
  @ParameterizedTest
  @EnumSource
  void noPasswordIsToldWhateverIsChanged(Change change) {
    var life = change.on(RUNNING.copy());
    for (var step = 0; step < STEPS; step++) {
      life.step();
      assertThat(life.told()).noneMatch(text -> PASSWORD.matcher(text).find());
    }
  }

  @Test
  void aSecretIsFoundInAnyForm() {
    var entropy = new Remembered();
    var password = entropy.password(20);
    var bytes = ("user:" + password + "@host").getBytes(StandardCharsets.UTF_8);
    assertThat(entropy.in("x=" + password)).isNotEmpty();
    assertThat(entropy.in(HexFormat.of().formatHex(bytes))).isNotEmpty();
    for (var offset = 0; offset < 4; offset++) {
      var text = " ".repeat(offset) + password;
      var encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      assertThat(entropy.in(encoded)).as("behind %d bytes", offset).isNotEmpty();
    }
    assertThat(entropy.in("nothing secret")).isEmpty();
  }

  @Test
  void aPrivateKeyIsFoundInPemAndWithinASecretsData() {
    var entropy = new Remembered();
    var key = entropy.keyPair().getPrivate().getEncoded();
    var pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    assertThat(entropy.in(pem)).isNotEmpty();
    var data = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    assertThat(entropy.in(data)).isNotEmpty();
  }

  /** Every Secret that the spec names, filled with what must not be seen again. */
  private static List<Secret> users(BotCluster cluster, Remembered entropy) {
    return new TreeSet<>(new ClusterReferences().secrets(cluster))
        .stream().map(name -> secret(name, entropy)).toList();
  }

  private static Secret secret(String name, Remembered entropy) {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Case.NAMESPACE)
            .endMetadata();
    for (var key : KEYS) {
      var value = entropy.password(32).getBytes(StandardCharsets.UTF_8);
      secret.addToData(key, Base64.getEncoder().encodeToString(value));
    }
    return secret.build();
  }

  private static BotCluster cluster(String spec) {
    var text = "metadata: {name: demo}\nspec: {domain: bots.example.com, %s, %s}";
    var inner = spec.substring(1, spec.length() - 1);
    return Case.cluster(
        new KubernetesSerialization()
            .unmarshal(text.formatted(Specs.STORES_ONLY, inner), JsonNode.class));
  }
}
