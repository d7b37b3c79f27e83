package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Null-safe reading of object metadata, which the client leaves unset when it is empty. */
public final class Objects {

  private Objects() {}

  /** The labels, never null. */
  public static Map<String, String> labels(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /** The annotations, never null. */
  public static Map<String, String> annotations(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  /** Kind and name, as people write it: {@code Service/demo-pooler}. */
  public static String ref(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }
}
