package io.generalbots.operator.kernel;

import java.time.Duration;
import java.util.Map;

/**
 * How this operator was set up.
 *
 * @param namespace where the operator itself runs
 * @param clusterDomain the DNS suffix of services, {@code cluster.local} unless changed
 * @param images the default image of each component, by component name
 * @param apiServer where pods find the API server
 * @param mounting how long it takes at most until a changed Secret is in every pod that mounts it
 */
public record Settings(
    String namespace,
    String clusterDomain,
    Map<String, String> images,
    ApiServer apiServer,
    Duration mounting) {

  /**
   * A kubelet looks after the files of a pod every minute or so, and may cache them for another.
   */
  public static final Duration MOUNTING = Duration.ofMinutes(2);

  public Settings {
    images = Map.copyOf(images);
  }

  /** With the API server anywhere, and kubelets as they are by default. */
  public Settings(String namespace, String clusterDomain, Map<String, String> images) {
    this(namespace, clusterDomain, images, ApiServer.ANYWHERE, MOUNTING);
  }

  /** The default image of a component; every component has one. */
  public String image(String component) {
    var image = images.get(component);
    if (image == null) {
      throw new IllegalStateException("no default image is set for component " + component);
    }
    return image;
  }
}
