package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Images of Qdrant that a node may have; no package registry has the server. */
final class QdrantImage {

  private static final List<String> IMAGES =
      List.of("generalbots/qdrant:given", "qdrant/qdrant:v1.18.3");

  private QdrantImage() {}

  /** The first of them that a node has. */
  static Optional<String> on(KubernetesClient client) {
    var present =
        client.nodes().list().getItems().stream()
            .flatMap(n -> n.getStatus().getImages().stream())
            .flatMap(QdrantImage::names)
            .map(name -> name.replaceFirst("^docker.io/", ""))
            .toList();
    return IMAGES.stream().filter(present::contains).findFirst();
  }

  /** One whose name was given to another since has none. */
  private static Stream<String> names(ContainerImage image) {
    return Stream.ofNullable(image.getNames()).flatMap(List::stream);
  }
}
