package io.generalbots.operator.kernel;

import java.util.Map;

/**
 * How this operator was set up.
 *
 * @param namespace where the operator itself runs
 * @param clusterDomain the DNS suffix of services, {@code cluster.local} unless changed
 * @param images the default image of each component, by component name
 * @param apiServer where pods find the API server
 */
public record Settings(
    String namespace, String clusterDomain, Map<String, String> images, ApiServer apiServer) {

  public Settings {
    images = Map.copyOf(images);
  }

  /** With the API server anywhere. */
  public Settings(String namespace, String clusterDomain, Map<String, String> images) {
    this(namespace, clusterDomain, images, ApiServer.ANYWHERE);
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
