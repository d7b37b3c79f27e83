package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A vault that no operator runs: OpenBao for developers, with TLS, in a pod named theirs.
 *
 * @param client where it runs
 * @param namespace its namespace
 */
record SomebodysVault(KubernetesClient client, String namespace) {

  private static final String NAME = "theirs";
  private static final String YAML = "e2e/somebodys-vault.yaml";
  private static final Path GUIDE = Path.of("..", "docs", "guides", "vault.md");

  /** What the guide says that the operator needs. */
  private static final Pattern POLICY = Pattern.compile("(?s)```hcl\n(.*?)```");

  private static final String AS_ROOT =
      """
      set -euo pipefail
      export HOME=/tmp BAO_ADDR=http://127.0.0.1:8300
      BAO_TOKEN=$(sed -n 's/^ *Root Token: *//p' /tmp/log); export BAO_TOKEN
      """;

  private static final String SIGN_IN_OF_KUBERNETES =
      """
      token=$(cat); bao auth enable kubernetes >/dev/null
      bao write auth/kubernetes/config kubernetes_host="https://$KUBERNETES_SERVICE_HOST:443" \
        token_reviewer_jwt="$token" kubernetes_ca_cert="$(printf %%s '%s')" >/dev/null
      bao write auth/kubernetes/role/bots bound_service_account_names='*' \
        bound_service_account_namespaces='%s' policies=operator ttl=10m >/dev/null
      """;

  /** Starts it where none was, and writes the policy of the guide. */
  void start() {
    remove();
    objects().forEach(o -> client.resource(o).inNamespace(namespace).create());
    client.pods().inNamespace(namespace).withName(NAME).waitUntilReady(3, TimeUnit.MINUTES);
    run("bao policy write operator - >/dev/null <<'END'\n%sEND".formatted(policy()));
  }

  void remove() {
    objects().forEach(o -> client.resource(o).inNamespace(namespace).delete());
    client
        .pods()
        .inNamespace(namespace)
        .withName(NAME)
        .waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    client.rbac().clusterRoleBindings().withName(reviewer()).delete();
  }

  String address() {
    return "https://%s.%s.svc:8200".formatted(NAME, namespace);
  }

  /** Who vouches for it, as PEM. */
  String authority() {
    return run("cat /tmp/tls.crt");
  }

  /** A token with the policy of the guide and no other. */
  String token() {
    return run("bao token create -policy=operator -no-default-policy -field=token");
  }

  /** One value of an entry. */
  String value(String entry, String key) {
    return run("bao kv get -mount=secret -field=%s %s".formatted(key, entry));
  }

  /** Lets ServiceAccounts of a namespace in as role bots, by asking the API server who they are. */
  void letIn(String others) {
    var account = "default";
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(reviewer())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "system:auth-delegator")
                .addNewSubject("", "ServiceAccount", account, namespace)
                .build())
        .serverSideApply();
    var token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(account)
            .tokenRequest()
            .getStatus()
            .getToken();
    var authority =
        client.configMaps().inNamespace(namespace).withName("kube-root-ca.crt").require();
    run(
        "cat <<<'%s' | (%s)"
            .formatted(
                token,
                SIGN_IN_OF_KUBERNETES.formatted(
                    Objects.requireNonNull(authority.getData()).get("ca.crt"), others)));
  }

  private String reviewer() {
    return namespace + "-reviewer";
  }

  private String run(String command) {
    return new Shell(client, namespace).run(NAME, AS_ROOT + command);
  }

  private static String policy() {
    try {
      var guide = POLICY.matcher(Files.readString(GUIDE));
      if (!guide.find()) {
        throw new AssertionError("the guide has no policy: " + GUIDE);
      }
      return guide.group(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<HasMetadata> objects() {
    return client
        .getKubernetesSerialization()
        .unmarshal(Resources.text(YAML), KubernetesList.class)
        .getItems();
  }
}
