package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way to language models, as Caddy is told it. */
class ModelsTest {

  private static final String PROVIDER = "llm: {url: 'https://api.example.com/openai'}";
  private static final String LOCAL =
      "fallback: {llm: {enabled: true, claimName: models, file: /m.gguf}}";
  private static final String GATEWAY = "gateway: {enabled: true}, ";

  @Test
  void bothAreNamedWithTheLimitsOfTheCircuit() {
    assertThat(site(GATEWAY + PROVIDER + ", " + LOCAL))
        .isEqualTo(
            """

            # Language models: the provider, and the cluster's own model while that does not answer. For pods of the cluster.
            http://:8085 {
                models {
                    provider https://api.example.com/openai
                    timeout 60s
                    breaker 5 30s 3
                    fallback demo-llm:8080
                }
            }
            """);
  }

  @Test
  void whichOfThemThereIsNotIsNotNamed() {
    assertThat(site(GATEWAY + PROVIDER)).contains("provider ").doesNotContain("fallback");
    assertThat(site(GATEWAY + LOCAL)).contains("fallback ").doesNotContain("provider ", "breaker");
    assertThat(site("gateway: {enabled: true}")).isEmpty();
    assertThat(site("gateway: {enabled: false}, " + PROVIDER)).isEmpty();
    assertThat(site(GATEWAY + "fallback: {llm: {enabled: true}}")).isEmpty();
  }

  @Test
  void whoNeedsNoCircuitHasNone() {
    var off = "gateway: {circuitBreaker: {enabled: false}}, ";
    assertThat(site(off + PROVIDER)).doesNotContain("breaker");
  }

  @Test
  void podsComeInByAServiceOfItsOwnIfItLeadsAnywhere() {
    assertThat(names(GATEWAY + PROVIDER, Service.class)).contains("demo-gateway-llm");
    assertThat(names("gateway: {enabled: true}", Service.class)).doesNotContain("demo-gateway-llm");
    assertThat(names(GATEWAY + PROVIDER, Secret.class)).contains("demo-gateway-llm");
  }

  private static List<String> names(String spec, Class<? extends HasMetadata> kind) {
    return Given.spec(spec).wishes().stream()
        .filter(Wish.Managed.class::isInstance)
        .map(w -> ((Wish.Managed) w).object())
        .filter(kind::isInstance)
        .map(o -> o.getMetadata().getName())
        .toList();
  }

  private static String site(String spec) {
    var given = Given.spec(spec);
    return new Models(given.cluster(), given.facts()).site();
  }
}
