package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CRDs in the repository are the ones the records describe. */
class CrdTest {

  private static final String PROPERTY = "crds";

  /** Above it, kubectl apply cannot keep the object in its annotation. */
  private static final int ANNOTATION_LIMIT = 262_144;

  static List<CustomResourceDefinition> crds() {
    return GeneratedCrds.all();
  }

  @ParameterizedTest
  @MethodSource("crds")
  void generatedEqualsCheckedIn(CustomResourceDefinition crd) {
    var file = CheckedIn.ROOT.resolve("crds/generated").resolve(name(crd) + "-v1.yml");
    CheckedIn.check(PROPERTY, file, CrdYaml.of(crd));
  }

  @ParameterizedTest
  @MethodSource("crds")
  void chartCarriesTheSameAndKeepsIt(CustomResourceDefinition crd) {
    var file =
        CheckedIn.ROOT.resolve("charts/generalbots-crds/templates").resolve(name(crd) + ".yaml");
    CheckedIn.check(PROPERTY, file, CrdYaml.ofChart(crd));
  }

  @ParameterizedTest
  @MethodSource("crds")
  void plainKubectlApplyCanStoreIt(CustomResourceDefinition crd) {
    var json = CrdYaml.tree(crd).toString().getBytes(StandardCharsets.UTF_8);
    assertThat(json.length).isLessThan(ANNOTATION_LIMIT);
  }

  private static String name(CustomResourceDefinition crd) {
    return crd.getMetadata().getName();
  }
}
