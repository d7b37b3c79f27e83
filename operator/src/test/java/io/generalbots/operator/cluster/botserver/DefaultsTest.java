package io.generalbots.operator.cluster.botserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.external.BotDefaults;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The settings of all bots are written once there is a table, and once only. */
class DefaultsTest {

  private static final String QDRANT = "http://demo-qdrant.bots.svc.cluster.local:6333";

  @Test
  void withoutAServerThereIsNoTable() {
    assertThat(step(Given.botserver("{}"))).isEmpty();
    assertThat(record(Given.botserver("{}"))).isEmpty();
  }

  @Test
  void theFirstServerHasMadeIt() {
    var step = step(ready(Given.botserver("{}"))).orElseThrow();
    assertThat(step.values())
        .containsExactly(
            Map.entry("fallback-cache-enabled", "true"),
            Map.entry("fallback-cache-mode", "memory"),
            Map.entry("fallback-llm-model", "DeepSeek-R1-Distill-Qwen-1.5B"),
            Map.entry("fallback-llm-provider", "local"),
            Map.entry("fallback-vectordb-enabled", "true"),
            Map.entry("fallback-vectordb-mode", "keyword-search"),
            Map.entry("llm-server", "false"),
            Map.entry("vectordb-url", QDRANT));
    assertThat(step.obsolete()).isEmpty();
  }

  @Test
  void languageModelsAreFoundAtTheGatewayIfThatLeadsToAny() {
    var door = "http://demo-gateway-llm.bots.svc.cluster.local:8085";
    assertThat(
            step(ready(Given.spec("llm: {url: 'https://api.example.com'}"))).orElseThrow().values())
        .containsEntry("llm-url", door);
    var local = "fallback: {llm: {enabled: true, claimName: models, file: /m.gguf}}";
    assertThat(step(ready(Given.spec(local))).orElseThrow().values())
        .containsEntry("llm-url", door);
    assertThat(
            step(ready(Given.spec(local + ", gateway: {enabled: false}"))).orElseThrow().values())
        .doesNotContainKey("llm-url");
  }

  @Test
  void whatIsWrittenIsNotedAfterwardsAndNotWrittenAgain() {
    var given = ready(Given.botserver("{}")).having(database("1"));
    var wishes = given.wishes();
    assertThat(wishes.get(wishes.size() - 2)).isInstanceOf(Wish.External.class);
    var noted = record(given).orElseThrow();
    var again = given.having(noted);
    assertThat(step(again)).isEmpty();
    assertThat(record(again).orElseThrow().getData()).isEqualTo(noted.getData());
  }

  @Test
  void aNewDatabaseKnowsNothing() {
    var given = ready(Given.botserver("{}"));
    var noted = record(given.having(database("1"))).orElseThrow();
    assertThat(step(given.having(database("2"), noted))).isPresent();
  }

  @Test
  void whatNoLongerHoldsGoes() {
    var noted = record(ready(Given.botserver("{}"))).orElseThrow();
    var given = ready(Given.spec("qdrant: {enabled: false}")).having(noted);
    var step = step(given).orElseThrow();
    assertThat(step.values()).containsKey("llm-server").doesNotContainKey("vectordb-url");
    assertThat(step.obsolete()).containsExactly("vectordb-url");
  }

  @Test
  void whileAStoreIsAwayNothingIsWrittenAndTheNoteStays() {
    var noted = record(ready(Given.botserver("{}"))).orElseThrow();
    var gone =
        ready(Given.spec("qdrant: {enabled: false}"))
            .having(noted)
            .needing(Health.waiting("NoPrimary", "no server"));
    assertThat(step(gone)).isEmpty();
    assertThat(record(gone).orElseThrow().getData()).isEqualTo(noted.getData());
  }

  private static Given ready(Given given) {
    return given.having(Given.pod("a", Given.IMAGE, true));
  }

  private static Optional<BotDefaults> step(Given given) {
    return given.wishes().stream()
        .filter(Wish.External.class::isInstance)
        .map(w -> (BotDefaults) ((Wish.External) w).step())
        .findFirst();
  }

  private static Optional<ConfigMap> record(Given given) {
    return given.managed(ConfigMap.class).stream()
        .filter(m -> "demo-botserver-defaults".equals(m.getMetadata().getName()))
        .findFirst();
  }

  private static ConfigMap database(String identity) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("demo-postgres-config")
        .withLabels(new Part("demo", "postgres").labels())
        .withAnnotations(Map.of("initialize", identity))
        .endMetadata()
        .build();
  }
}
