package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.drive.Drive;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.kube.Part;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The way into the object stores of BotClusters.
 *
 * @param client reads the Secrets that say where they are
 */
record ObjectStores(KubernetesClient client) {

  /** With the login of the platform, which may do everything. */
  Drive open(String cluster, String namespace) {
    return Drive.open(published(cluster, namespace));
  }

  Secret published(String cluster, String namespace) {
    return find(cluster, namespace)
        .orElseThrow(
            () ->
                new Unfinished(
                    "Secret %s of the object store is not there yet".formatted(name(cluster))));
  }

  /** What the BotCluster says of its own; empty if it has none. */
  Optional<Secret> find(String cluster, String namespace) {
    return Optional.ofNullable(
        client.secrets().inNamespace(namespace).withName(name(cluster)).get());
  }

  private static String name(String cluster) {
    return new Part(cluster, "s3").name();
  }

  /** Without the number of the request: what is told again and again should read the same. */
  static String why(SdkException e) {
    return e instanceof AwsServiceException refusal
        ? refusal.awsErrorDetails().errorCode()
        : String.valueOf(e.getMessage());
  }
}
