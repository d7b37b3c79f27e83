package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;

/**
 * A kind of object that another operator defines.
 *
 * @param apiVersion group and version: {@code cert-manager.io/v1}
 * @param name the kind: {@code Certificate}
 */
public record Kind(String apiVersion, String name) {

  /** Whether the API server serves it now; asks its discovery, which everybody may. */
  boolean isServed(KubernetesClient client) {
    return client.supports(apiVersion, name);
  }

  GroupVersionKind coordinates() {
    return new GroupVersionKind(group(), version(), name);
  }

  private String group() {
    return apiVersion.substring(0, apiVersion.indexOf('/'));
  }

  private String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }
}
