package io.generalbots.operator.it;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.residents.Registration;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A team that may write Tenants and Secrets in a namespace of its own, and nothing else anywhere.
 *
 * @param admin who may do anything
 * @param client the team's own way to the API server
 * @param namespace its own
 */
record Team(KubernetesClient admin, KubernetesClient client, String namespace)
    implements AutoCloseable {

  private static final String NAME = "team";

  private static final String RIGHTS =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: team, namespace: %1$s}
      rules:
      - {apiGroups: [generalbots.io], resources: [tenants], verbs: ["*"]}
      - {apiGroups: [""], resources: [secrets], verbs: ["*"]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: team, namespace: %1$s}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: team}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: team}]
      """;

  static Team of(KubernetesClient admin, String namespace) {
    var config =
        new ConfigBuilder(admin.getConfiguration())
            .withImpersonateUsername(NAME)
            .withImpersonateGroups("system:authenticated")
            .build();
    return new Team(admin, new KubernetesClientBuilder().withConfig(config).build(), namespace);
  }

  void begin() {
    end();
    new Subject(admin, namespace).empty();
    var rights = RIGHTS.formatted(namespace).getBytes(StandardCharsets.UTF_8);
    admin.load(new ByteArrayInputStream(rights)).serverSideApply();
  }

  void end() {
    Customer.giveUpAll(admin, namespace);
    new Subject(admin, namespace).end();
  }

  Customer tenant(String name) {
    return new Customer(client, namespace, name);
  }

  /** Ends all its Tenants. */
  void giveUpAll() {
    Customer.giveUpAll(client, namespace);
  }

  /** The names, hosts and bots that its Tenants were given in another namespace. */
  Stream<String> given(String home) {
    return admin.secrets().inNamespace(home).list().getItems().stream()
        .flatMap((Secret s) -> Registration.of(s).stream())
        .filter(r -> namespace.equals(r.namespace()))
        .flatMap(r -> Stream.of(List.of(r.tenant()), r.hosts(), r.bots()).flatMap(List::stream));
  }

  @Override
  public void close() {
    client.close();
  }
}
