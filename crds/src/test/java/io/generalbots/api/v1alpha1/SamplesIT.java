package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample is accepted, kept whole, and shows no drift. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplesIT {

  private ApiServer server;

  static List<Path> samples() {
    return Samples.valid();
  }

  @BeforeAll
  void connect() {
    server = ApiServer.withCrds();
  }

  @AfterAll
  void leave() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sampleIsAcceptedAndAppliesWithoutDrift(Path file) {
    for (var manifest : Samples.read(file)) {
      server.apply(manifest);
      var live = server.get(manifest);
      assertHolds(spec(live), spec(manifest));
      assertThat(comparable(server.applyDry(manifest))).isEqualTo(comparable(live));
      server.apply(manifest);
      assertThat(server.get(manifest)).isEqualTo(live);
      server.delete(manifest);
    }
  }

  /** What the user wrote is there as written; defaults may stand beside it. */
  private static void assertHolds(JsonNode live, JsonNode written) {
    if (written.isObject()) {
      written
          .properties()
          .forEach(entry -> assertHolds(live.path(entry.getKey()), entry.getValue()));
    } else if (written.isArray()) {
      assertThat(live.size()).isEqualTo(written.size());
      for (var index = 0; index < written.size(); index++) {
        assertHolds(live.get(index), written.get(index));
      }
    } else {
      assertThat(live.asText()).isEqualTo(written.asText());
    }
  }

  private static JsonNode spec(GenericKubernetesResource resource) {
    return tree(resource).get("spec");
  }

  /** Without managed fields: a dry run stamps them with its own time. */
  private static JsonNode comparable(GenericKubernetesResource resource) {
    var tree = tree(resource);
    ((ObjectNode) tree.get("metadata")).remove("managedFields");
    return tree;
  }

  private static JsonNode tree(GenericKubernetesResource resource) {
    return CrdYaml.tree(resource);
  }
}
