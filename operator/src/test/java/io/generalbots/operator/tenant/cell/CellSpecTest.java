package io.generalbots.operator.tenant.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.AccessMode;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.api.v1alpha1.cluster.NamespacesFrom;
import io.generalbots.api.v1alpha1.cluster.ServiceMode;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.Inheritance;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.golden.Case;
import io.generalbots.operator.schema.Definitions;
import io.generalbots.operator.schema.Objections;
import io.generalbots.operator.tenant.place.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Cell takes over, from whom, and what it never does. */
class CellSpecTest {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Path SAMPLES = Path.of("..", "samples");

  /** Those that are meant for everybody who has them under this name. */
  private static final List<String> NAMES_FOR_ALL = List.of("imagePullSecrets");

  static List<BotCluster> clusters() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      var samples =
          files
              .filter(f -> f.toString().endsWith(".yaml"))
              .sorted()
              .flatMap(CellSpecTest::read)
              .filter(node -> "BotCluster".equals(node.path("kind").asText()))
              .map(Definitions.botCluster()::defaulted)
              .map(node -> YAML.convertValue(node, BotCluster.class));
      return Stream.concat(samples, Case.all().stream().map(Case::cluster)).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void whateverTheBotClusterIsTheDefinitionTakesTheCell(BotCluster parent) {
    var spec = Inheritance.tree(spec(parent, "hosts: [acme.example.org]"));
    assertThat(Objections.to("spec", Definitions.botCluster().property("spec"), spec)).isEmpty();
  }

  /** A name would mean whatever Secret the Tenant's team has of it. */
  @ParameterizedTest
  @MethodSource("clusters")
  void noSecretOfTheBotClusterIsNamed(BotCluster parent) {
    var named = new ArrayList<String>();
    secrets("", Inheritance.tree(spec(parent, "hosts: [acme.example.org]")), named);
    assertThat(named).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void everythingIsItsOwnAndNobodyElseIsAdmitted(BotCluster parent) {
    var spec = spec(parent, "");
    assertThat(spec.postgres().external()).isNull();
    assertThat(spec.valkey().external()).isNull();
    assertThat(spec.qdrant().external()).isNull();
    assertThat(spec.seaweedfs().external()).isNull();
    assertThat(spec.livekit().external()).isNull();
    assertThat(spec.vault().external()).isNull();
    assertThat(spec.vault().mode()).isNotEqualTo(ServiceMode.EXTERNAL);
    assertThat(spec.gateway().enabled()).isFalse();
    assertThat(spec.botserver().enabled()).isTrue();
    assertThat(spec.tenants().allowedNamespaces().from()).isEqualTo(NamespacesFrom.SAME);
    var cell = new BotCluster();
    cell.setSpec(spec);
    for (var component : List.of("qdrant", "seaweedfs", "livekit", "vault")) {
      assertThat(Features.isOn(cell, component)).isEqualTo(Features.isOn(parent, component));
    }
  }

  @Test
  void theTenantSaysWhatRunsForItAndTheBotClusterOfWhichVersion() {
    var parent =
        Tenants.cluster(
            "botserver: {version: \"6.3.2\", replicas: 5, environment: [{name: OURS, value: x}]},"
                + " postgres: {version: \"16\", parameters: {work_mem: 8MB}}");
    var spec =
        spec(
            parent,
            "hosts: [chat.acme.org], botserver: {replicas: 1, image: \"acme/bots:1\", environment:"
                + " [{name: THEIRS, value: y}, {name: VAULT_TOKEN, value: z}]}");
    assertThat(spec.domain()).isEqualTo("chat.acme.org");
    assertThat(spec.livekit().publicUrl()).isEqualTo("wss://chat.acme.org");
    assertThat(spec.botserver().version()).isEqualTo("6.3.2");
    assertThat(spec.botserver().image()).isEqualTo("acme/bots:1");
    assertThat(spec.botserver().environment()).extracting("name").containsExactly("THEIRS");
    assertThat(spec.postgres().version()).isEqualTo("16");
    assertThat(spec.postgres().parameters()).isEqualTo(Map.of("work_mem", "8MB"));
    assertThat(spec(parent, "botserver: {enabled: false}").botserver().enabled()).isFalse();
  }

  @Test
  void limitsAreTheSizesOfItsServersAndNothingIsTooSmallToStart() {
    var parent = Tenants.cluster("qdrant: {storage: {size: 7Gi}}");
    var spec = spec(parent, "limits: {databaseSize: 30Gi, bucketSize: 100Mi, cacheMemory: 8Gi}");
    assertThat(spec.postgres().storage().size()).hasToString("30Gi");
    assertThat(spec.seaweedfs().volumes().storage().size()).hasToString("1Gi");
    assertThat(spec.valkey().memory()).hasToString("8Gi");
    assertThat(spec.valkey().persistence().size()).hasToString("8Gi");
    assertThat(spec.qdrant().storage().size()).hasToString("7Gi");
    assertThat(spec(parent, "limits: {cacheMemory: 1Mi}").valkey().memory()).hasToString("64Mi");
  }

  @Test
  void aVolumeThatIsThereNeitherShrinksNorChangesItsClass() {
    var former =
        spec(
            Tenants.cluster("postgres: {storage: {size: 1Gi, storageClass: fast}}"),
            "limits: {databaseSize: 30Gi}");
    var parent = Tenants.cluster("postgres: {storage: {size: 1Gi, storageClass: slow}}");
    var tenant = Tenants.tenant("team", "acme", 1, "isolation: Cell, limits: {databaseSize: 5Gi}");
    var storage =
        new CellSpec(parent, tenant, List.of(), Optional.of(former)).spec().postgres().storage();
    assertThat(storage.size()).hasToString("30Gi");
    assertThat(storage.storageClass()).isEqualTo("fast");
  }

  @Test
  void severalBotServersDoNotGetAFolderForOne() {
    var parent =
        Tenants.cluster("botserver: {replicas: 1, workVolume: {accessMode: ReadWriteOnce}}");
    assertThat(spec(parent, "botserver: {replicas: 2}").botserver().workVolume().accessMode())
        .isNull();
    assertThat(spec(parent, "").botserver().workVolume().accessMode())
        .isEqualTo(AccessMode.READ_WRITE_ONCE);
  }

  @Test
  void itSleepsWhileTheTenantIsClosedOrTheBotClusterSleeps() {
    assertThat(spec(Tenants.openCluster(), "suspend: true").hibernate()).isTrue();
    assertThat(spec(Tenants.cluster("hibernate: true"), "").hibernate()).isTrue();
    assertThat(spec(Tenants.openCluster(), "").hibernate()).isFalse();
    assertThat(spec(Tenants.openCluster(), "reclaimPolicy: Delete").reclaimPolicy())
        .isEqualTo(ReclaimPolicy.DELETE);
  }

  @Test
  void anIssuerIsTakenOverThatIsKnownEverywhere() {
    var own = Tenants.cluster("certificates: {issuerRef: {name: ours}}");
    var all = Tenants.cluster("certificates: {issuerRef: {name: all, kind: ClusterIssuer}}");
    assertThat(spec(own, "").certificates().issuerRef()).isNull();
    assertThat(spec(all, "").certificates().issuerRef()).isNotNull();
  }

  private static BotClusterSpec spec(BotCluster parent, String spec) {
    var said = "isolation: Cell" + (spec.isEmpty() ? "" : ", " + spec);
    var tenant = Tenants.tenant("team", "acme", 1, said);
    return new CellSpec(parent, tenant, tenant.getSpec().hosts(), Optional.empty()).spec();
  }

  private static void secrets(String path, JsonNode node, List<String> named) {
    if (node instanceof ObjectNode object) {
      object.properties().stream()
          .filter(field -> !NAMES_FOR_ALL.contains(field.getKey()))
          .forEach(
              field -> {
                if (field.getKey().toLowerCase(Locale.ROOT).matches(".*secret(name|.*ref)")) {
                  named.add(path + "/" + field.getKey());
                }
                secrets(path + "/" + field.getKey(), field.getValue(), named);
              });
    } else {
      node.elements().forEachRemaining(item -> secrets(path, item, named));
    }
  }

  private static Stream<JsonNode> read(Path file) {
    try {
      return Stream.of(Files.readString(file).split("(?m)^---$"))
          .map(text -> YAML.unmarshal(text, JsonNode.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
