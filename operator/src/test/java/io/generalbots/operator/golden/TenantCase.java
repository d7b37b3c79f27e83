package io.generalbots.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.residents.Cells;
import io.generalbots.operator.schema.Definitions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One folder of {@code src/test/golden-tenants}: a Tenant in, beside the BotCluster, the Tenants
 * and the Secrets that it finds; out comes everything that is made for it, and what is told.
 *
 * @param files where they are
 */
record TenantCase(Case files) {

  private static final Path ALL = Path.of("src", "test", "golden-tenants");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** Every case, by name. */
  static List<TenantCase> all() {
    return Case.in(ALL).stream().map(TenantCase::new).toList();
  }

  /** The Tenant as the API server would hand it out. */
  Tenant tenant() {
    return tenant(YAML.unmarshal(Case.read(files.input()), JsonNode.class));
  }

  Optional<BotCluster> cluster() {
    return clusters().filter(c -> !Cells.isOne(c)).findFirst();
  }

  /** What was made for the Tenant alone, as it is. */
  Optional<BotCluster> cell() {
    return clusters().filter(Cells::isOne).findFirst();
  }

  private Stream<BotCluster> clusters() {
    return found("BotCluster")
        .map(Definitions.botCluster()::defaulted)
        .map(node -> YAML.convertValue(node, BotCluster.class));
  }

  List<Tenant> others() {
    return found("Tenant").map(TenantCase::tenant).toList();
  }

  List<Secret> secrets() {
    return found("Secret").map(node -> YAML.convertValue(node, Secret.class)).toList();
  }

  private static Tenant tenant(JsonNode written) {
    return YAML.convertValue(Definitions.tenant().defaulted(written), Tenant.class);
  }

  private Stream<JsonNode> found(String kind) {
    var items = YAML.unmarshal(Case.read(files.found()), JsonNode.class).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(item -> kind.equals(item.path("kind").asText()));
  }

  @Override
  public String toString() {
    return files.toString();
  }
}
