package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples say what they show, and the records lose nothing of them. */
class SamplesTest {

  private static final int INVALID_AT_LEAST = 45;

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  static List<Path> valid() {
    return Samples.valid();
  }

  static List<Path> invalid() {
    return Samples.invalid();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void sampleSaysWhatItShows(Path file) {
    assertThat(Samples.text(file)).startsWith("# ");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void recordsLoseNothingOfASample(Path file) {
    for (var manifest : Samples.read(file)) {
      var kind = GeneratedCrds.kind(manifest.getKind());
      var object = serialization.convertValue(manifest, kind);
      assertThat(tree(object)).isEqualTo(tree(manifest));
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidSampleSaysWhatToExpect(Path file) {
    assertThat(Samples.expectation(file)).isNotBlank();
    assertThat(Samples.read(file)).extracting(GenericKubernetesResource::getKind).isNotEmpty();
  }

  @Test
  void thereAreEnoughInvalidSamples() {
    assertThat(Samples.invalid()).hasSizeGreaterThanOrEqualTo(INVALID_AT_LEAST);
  }

  private JsonNode tree(Object object) {
    return CrdYaml.parse(serialization.asYaml(object));
  }
}
