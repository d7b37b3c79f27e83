package io.generalbots.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference pages in the repository are the ones the CRDs give. */
class ReferenceTest {

  static List<CustomResourceDefinition> crds() {
    return GeneratedCrds.all();
  }

  @ParameterizedTest
  @MethodSource("crds")
  void pageEqualsCheckedIn(CustomResourceDefinition crd) {
    var name = crd.getSpec().getNames().getSingular() + ".md";
    var file = CheckedIn.ROOT.resolve("docs/reference").resolve(name);
    CheckedIn.check("docs", file, ReferencePage.of(CrdYaml.tree(crd)));
  }
}
