package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the schema cannot refuse and yet cannot be had: the condition of the component says so and
 * names the field, and all is well again once the field is as it was. Nothing else restarts.
 */
@Timeout(300)
class BadInputE2E {

  private static final String NAMESPACE = "e2e-bad-input";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final StoresCluster CLUSTER = new StoresCluster(CLIENT, NAMESPACE);

  private static final double TOLD = 30;
  private static final double WELL = 60;

  /** A machine without time for its servers. */
  private static final double BUSY = 2;

  private static final String TOO_LARGE = "{requests: {cpu: \"1000\"}}";

  /**
   * An edit that does not do.
   *
   * @param told what each condition that is about it has to say of it
   * @param touched the components whose pods may be others afterwards
   */
  record Edit(
      String name, String spec, String revert, Map<String, String> told, List<String> touched) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Edit> edits() {
    return List.of(
        new Edit(
            "images that do not exist",
            "{images: {pooler: \"generalbots/pgbouncer:none\", valkey: \"generalbots/valkey:none\","
                + " vault: \"generalbots/openbao:none\", livekit: \"generalbots/livekit:none\","
                + " gateway: \"generalbots/caddy:none\"}}",
            "{images: {pooler: null, valkey: null, vault: null, livekit: null, gateway: null}}",
            Map.of(
                "PoolerReady", "spec.images.pooler",
                "ValkeyReady", "spec.images.valkey",
                "VaultReady", "spec.images.vault",
                "LivekitReady", "spec.images.livekit",
                "GatewayReady", "spec.images.gateway"),
            List.of("valkey", "vault")),
        new Edit(
            "an image of PostgreSQL that does not exist",
            "{images: {postgres: \"generalbots/postgres:none\"}}",
            "{images: {postgres: null}}",
            Map.of("PostgresReady", "spec.images.postgres"),
            List.of("postgres", "seaweedfs-filer")),
        new Edit(
            "an image of the object store that does not exist",
            "{images: {seaweedfs: \"generalbots/seaweedfs:none\"}}",
            "{images: {seaweedfs: null}}",
            Map.of("SeaweedfsReady", "spec.images.seaweedfs"),
            List.of("seaweedfs-master", "seaweedfs-volume", "seaweedfs-filer")),
        new Edit(
            "more than any node has",
            ("{postgres: {resources: %1$s, pooler: {resources: %1$s}}, valkey: {resources: %1$s},"
                    + " vault: {resources: %1$s}, seaweedfs: {s3: {resources: %1$s}},"
                    + " livekit: {resources: %1$s}, gateway: {resources: %1$s}}")
                .formatted(TOO_LARGE),
            ("{postgres: {resources: null, pooler: {resources: null}}, valkey: {resources: null},"
                    + " vault: {resources: null}, seaweedfs: {s3: {resources: %1$s}},"
                    + " livekit: {resources: %1$s}, gateway: {resources: %1$s}}")
                .formatted(Small.RESOURCES),
            Map.of(
                "PostgresReady", "spec.postgres.resources",
                "PoolerReady", "spec.postgres.pooler.resources",
                "ValkeyReady", "spec.valkey.resources",
                "VaultReady", "spec.vault.resources",
                "SeaweedfsReady", "spec.seaweedfs.s3.resources",
                "LivekitReady", "spec.livekit.resources",
                "GatewayReady", "spec.gateway.resources"),
            List.of("postgres", "valkey", "vault")),
        new Edit(
            "Secrets that do not exist",
            "{vault: {userSecrets: [{path: gbo/llm, secretName: nobody}]},"
                + " certificates: {caSecretName: nothing}}",
            "{vault: {userSecrets: null}, certificates: {caSecretName: null}}",
            Map.of(
                "VaultReady", "Secret nobody for gbo/llm",
                "CertificatesValid", "Secret nothing of spec.certificates.caSecretName"),
            List.of()),
        new Edit(
            "a certificate of the gateway that does not exist",
            "{gateway: {tls: {mode: Provided, secretName: nothing}}}",
            "{gateway: {tls: null}}",
            Map.of("CertificatesValid", "Secret nothing of spec.gateway.tls.secretName"),
            List.of()),
        new Edit(
            "a parameter that PostgreSQL cannot start with",
            "{postgres: {parameters: {shared_buffers: 900GB}}}",
            "{postgres: {parameters: null}}",
            Map.of("PostgresReady", "spec.postgres.parameters"),
            List.of("postgres")),
        new Edit(
            "a bot server without its image, and a larger vector database than any node has",
            ("{botserver: {enabled: true, replicas: 1, image: \"generalbots/botserver:none\","
                    + " resources: %s}, qdrant: {enabled: true, replicas: 1, replicationFactor: 1,"
                    + " resources: %s}}")
                .formatted(Small.RESOURCES, TOO_LARGE),
            "{botserver: {enabled: false}, qdrant: {enabled: false}}",
            Map.of(
                "BotserverReady", "spec.botserver.image",
                "QdrantReady", "spec.qdrant.resources"),
            List.of("gateway")),
        // The last: where cert-manager's kinds are there, our authority is made anew afterwards.
        new Edit(
            "an issuer that does not exist",
            "{certificates: {issuerRef: {name: nobody}}}",
            "{certificates: {issuerRef: null}}",
            Map.of("CertificatesValid", "issuerRef"),
            List.of("livekit")));
  }

  @BeforeAll
  static void oneOfEach() {
    CLUSTER.createWithAnEdge();
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void whatDoesNotDoIsToldByItsFieldAndForgotten(Edit edit) {
    CLUSTER.awaitTrue("Ready", ofMinutes(3));
    var lives = lives(edit);
    var began = Instant.now();
    var last = 0.0;
    CLUSTER.patch(edit.spec());
    try {
      for (var told : new TreeMap<>(edit.told()).entrySet()) {
        last = told(edit, told.getKey(), told.getValue(), began);
      }
    } finally {
      began = Instant.now();
      CLUSTER.patch(edit.revert());
    }
    CLUSTER.awaitTrue("Ready", ofMinutes(3));
    var well = secondsSince(began);
    System.out.printf("%s: well again after %.1f s%n", edit, well);
    assertThat(lives(edit)).as("pods that it is not about").containsAllEntriesOf(lives);
    Machine.assertWithin(last, TOLD, TOLD * BUSY);
    Machine.assertWithin(well, WELL, WELL * BUSY);
  }

  /** After how many seconds a condition says so, with the field. */
  private static double told(Edit edit, String type, String field, Instant began) {
    var condition =
        CLUSTER.await(type, c -> !Told.isTrue(c) && c.getMessage().contains(field), ofMinutes(2));
    var seconds = secondsSince(began);
    System.out.printf("%s: %s after %.1f s: %s%n", edit, type, seconds, condition.getMessage());
    return seconds;
  }

  /** A class cannot be changed, so that only a new cluster can name one that is not there. */
  @Test
  void aStorageClassThatDoesNotExistIsToldByItsField() {
    var other = CLUSTER.named("other");
    var began = Instant.now();
    other.createOf(
        "postgres: {instances: 1, storage: {size: 1Gi, storageClass: nothing}}",
        "valkey: {replicas: 1, memory: 64Mi, persistence: {size: 1Gi, storageClass: nothing}}");
    other.await(
        "PostgresReady",
        c -> c.getMessage().contains("spec.postgres.storage.storageClass"),
        ofMinutes(2));
    other.await(
        "ValkeyReady",
        c -> c.getMessage().contains("spec.valkey.persistence.storageClass"),
        ofMinutes(2));
    Machine.assertWithin(secondsSince(began), TOLD, TOLD * BUSY);
    other.delete();
  }

  @Test
  void aNodeThatDoesNotExistIsToldByTheFieldThatAsksForIt() {
    var other = CLUSTER.named("nowhere");
    var began = Instant.now();
    other.createOf(
        "nodeSelector: {nowhere: \"yes\"}",
        "postgres: {instances: 1, storage: {size: 1Gi}, pooler: {enabled: false}, resources: %s}"
            .formatted(Small.RESOURCES),
        "valkey: {replicas: 1, memory: 64Mi, persistence: {mode: Disabled}, resources: %s}"
            .formatted(Small.RESOURCES));
    for (var store : List.of("PostgresReady", "ValkeyReady")) {
      other.await(store, c -> c.getMessage().contains("see spec.nodeSelector"), ofMinutes(2));
    }
    Machine.assertWithin(secondsSince(began), TOLD, TOLD * BUSY);
    began = Instant.now();
    other.patch("{nodeSelector: null}");
    other.awaitTrue("PostgresReady", ofMinutes(3));
    other.awaitTrue("ValkeyReady", ofMinutes(3));
    Machine.assertWithin(secondsSince(began), WELL, WELL * BUSY);
    other.delete();
  }

  private static Map<String, Integer> lives(Edit edit) {
    return CLUSTER.lives(edit.touched().toArray(String[]::new));
  }

  private static double secondsSince(Instant began) {
    return Duration.between(began, Instant.now()).toMillis() / 1000.0;
  }
}
