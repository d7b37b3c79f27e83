package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The API server that KUBECONFIG names, with the CRDs installed and a namespace to spoil. */
final class ApiServer implements AutoCloseable {

  private static final String FIELD_MANAGER = "generalbots-crds-it";
  private static final Path CRDS = CheckedIn.ROOT.resolve("crds/generated");
  private static final long ESTABLISHED_SECONDS = 30;

  private final KubernetesClient client;
  private final String namespace;

  private ApiServer(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Installs the checked-in CRDs by server-side apply and waits until they are served. */
  static ApiServer withCrds() {
    Objects.requireNonNull(
        System.getenv("KUBECONFIG"), "KUBECONFIG must name an API server for these tests");
    var client = new KubernetesClientBuilder().build();
    GeneratedCrds.all().forEach(crd -> install(client, crd.getMetadata().getName()));
    var namespace =
        new NamespaceBuilder().withNewMetadata().withGenerateName("crds-it-").endMetadata().build();
    return new ApiServer(client, client.resource(namespace).create().getMetadata().getName());
  }

  private static void install(KubernetesClient client, String name) {
    var crd =
        client
            .getKubernetesSerialization()
            .<CustomResourceDefinition>unmarshal(
                Samples.text(CRDS.resolve(name + "-v1.yml")), CustomResourceDefinition.class);
    client.resource(crd).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    client
        .resource(crd)
        .waitUntilCondition(ApiServer::isServed, ESTABLISHED_SECONDS, TimeUnit.SECONDS);
  }

  private static boolean isServed(@Nullable CustomResourceDefinition crd) {
    if (crd == null || crd.getStatus() == null) {
      return false;
    }
    var states = new HashMap<String, String>();
    crd.getStatus()
        .getConditions()
        .forEach(condition -> states.put(condition.getType(), condition.getStatus()));
    return "True".equals(states.get("Established")) && !states.containsKey("NonStructuralSchema");
  }

  /** Applies the definition of a kind as it is checked in. */
  void install(String name) {
    install(client, name);
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** Applies a manifest on the server as a user of kubectl would. */
  GenericKubernetesResource apply(GenericKubernetesResource manifest) {
    return at(manifest).fieldManager(FIELD_MANAGER).serverSideApply();
  }

  /** The object that applying would leave behind; nothing is stored. */
  GenericKubernetesResource applyDry(GenericKubernetesResource manifest) {
    return at(manifest).dryRun().fieldManager(FIELD_MANAGER).serverSideApply();
  }

  GenericKubernetesResource get(GenericKubernetesResource manifest) {
    return at(manifest).require();
  }

  GenericKubernetesResource create(GenericKubernetesResource manifest) {
    return at(manifest).fieldValidation(Validation.STRICT).create();
  }

  GenericKubernetesResource replace(GenericKubernetesResource manifest) {
    var version = get(manifest).getMetadata().getResourceVersion();
    manifest.getMetadata().setResourceVersion(version);
    return at(manifest).fieldValidation(Validation.STRICT).update();
  }

  void delete(GenericKubernetesResource manifest) {
    at(manifest).delete();
  }

  /** The cells of a row as {@code kubectl get} shows them. */
  List<String> row(String plural, String name) {
    var url = "%sapis/%s/%s/namespaces/%s/%s/%s";
    var request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(
                url.formatted(
                    client.getMasterUrl(), Api.GROUP, Api.VERSION, namespace, plural, name))
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .build();
    var answer = client.getHttpClient().sendAsync(request, String.class).join().body();
    var cells = CrdYaml.parse(answer).path("rows").path(0).path("cells");
    return StreamSupport.stream(cells.spliterator(), false).map(JsonNode::asText).toList();
  }

  private Resource<GenericKubernetesResource> at(GenericKubernetesResource manifest) {
    return client.resource(manifest).inNamespace(namespace);
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
