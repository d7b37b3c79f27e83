package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Null-safe reading of object metadata, which the client leaves unset when it is empty. */
public final class Objects {

  /** The oldest first; of those of one second in an order that stays the same. */
  public static final Comparator<HasMetadata> AGE =
      Comparator.<HasMetadata, String>comparing(
              o -> Optional.ofNullable(o.getMetadata().getCreationTimestamp()).orElse(""))
          .thenComparing(o -> Optional.ofNullable(o.getMetadata().getUid()).orElse(""));

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
