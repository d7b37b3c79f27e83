package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * cert-manager's own controllers, as a process beside the test, for one namespace.
 *
 * @param client where it works
 * @param namespace whose certificates it issues
 * @param process the process
 */
record CertManager(KubernetesClient client, String namespace, Process process)
    implements AutoCloseable {

  private static final String VERSION = "cert-manager.io/v1";

  /** An authority that signs itself, and an issuer that signs with it. */
  private static final List<String> ISSUERS =
      List.of(
          """
          apiVersion: cert-manager.io/v1
          kind: Issuer
          metadata: {name: itself}
          spec: {selfSigned: {}}
          """,
          """
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata: {name: internal}
          spec: {isCA: true, commonName: internal, secretName: internal, issuerRef: {name: itself}}
          """,
          """
          apiVersion: cert-manager.io/v1
          kind: Issuer
          metadata: {name: internal}
          spec: {ca: {secretName: internal}}
          """);

  static boolean isInstalled(KubernetesClient client) {
    return client.supports(VERSION, "Certificate");
  }

  /** Puts its definitions into the cluster and starts it. */
  static CertManager start(KubernetesClient client, String namespace) {
    definitions().forEach(file -> define(client, file));
    try {
      var process =
          new ProcessBuilder(
                  folder().resolve("cert-manager").toString(), required("KUBECONFIG"), namespace)
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "cert-manager.log").toFile())
              .start();
      return new CertManager(client, namespace, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void createIssuers() {
    for (var yaml : ISSUERS) {
      var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
      client
          .genericKubernetesResources(kind(object.getKind()))
          .inNamespace(namespace)
          .resource(object)
          .createOr(r -> r.update());
    }
    client
        .secrets()
        .inNamespace(namespace)
        .withName("internal")
        .waitUntilCondition(Objects::nonNull, 180, TimeUnit.SECONDS);
  }

  /** The certificates it was asked for. */
  List<GenericKubernetesResource> asked() {
    return client
        .genericKubernetesResources(VERSION, "Certificate")
        .inNamespace(namespace)
        .withLabel(CertificatesCluster.CLUSTER)
        .list()
        .getItems();
  }

  /** By its plural: what the API server says of a kind may come later than the kind. */
  private static ResourceDefinitionContext kind(String name) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("cert-manager.io")
        .withVersion("v1")
        .withKind(name)
        .withPlural(name.toLowerCase(Locale.ROOT) + "s")
        .withNamespaced(true)
        .build();
  }

  private static void define(KubernetesClient client, Path file) {
    try (var stream = Files.newInputStream(file)) {
      var definition = client.apiextensions().v1().customResourceDefinitions().load(stream);
      definition.forceConflicts().serverSideApply();
      definition.waitUntilCondition(CertManager::isEstablished, 30, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return Optional.ofNullable(definition.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getConditions()))
        .stream()
        .flatMap(List::stream)
        .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static List<Path> definitions() {
    try (Stream<Path> files = Files.list(folder().resolve("definitions"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    return Path.of(required("GBO_CERT_MANAGER"));
  }

  private static String required(String variable) {
    var value = System.getenv(variable);
    if (value == null) {
      throw new IllegalStateException(
          "set GBO_CERT_MANAGER to what dev/tools/build cert-manager prints, and KUBECONFIG");
    }
    return value;
  }

  /** Its definitions stay: the operator watches them by now. */
  @Override
  public void close() {
    for (var kind : List.of("Issuer", "Certificate")) {
      client.genericKubernetesResources(VERSION, kind).inNamespace(namespace).delete();
    }
    client.secrets().inNamespace(namespace).withName("internal").delete();
    process.destroy();
  }
}
