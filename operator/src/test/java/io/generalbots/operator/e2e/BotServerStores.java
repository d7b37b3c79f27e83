package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A vault and an object store that a test runs itself, and the recorded contract of Qdrant.
 *
 * @param client where they run
 * @param namespace their namespace
 */
record BotServerStores(KubernetesClient client, String namespace) {

  private static final String NAME = "stores";
  private static final String VAULT = "vault";
  private static final String YAML = "e2e/botserver-stores.yaml";

  private static final String S3 =
      """
      {"identities": [{"name": "bots", "credentials": [{"accessKey": "%s", "secretKey": "%s"}],
        "actions": ["Admin"]}]}
      """;

  /** Starts them with keys of their own, and waits until they answer. */
  void start() {
    remove();
    var entropy = new SecureEntropy();
    var access = entropy.password(20);
    var secret = entropy.password(40);
    create(
        new SecretBuilder()
            .withMetadata(meta())
            .withStringData(
                Map.of(
                    "root",
                    entropy.password(32),
                    "s3.json",
                    S3.formatted(access, secret),
                    "access_key",
                    access,
                    "secret_key",
                    secret))
            .build());
    create(
        new ConfigMapBuilder()
            .withMetadata(meta())
            .withData(
                Map.of(
                    "recorded-qdrant.py", text("recorded-qdrant.py"), "chat.py", text("chat.py")))
            .build());
    objects().forEach(this::create);
    objects().stream()
        .filter(Pod.class::isInstance)
        .forEach(
            p -> client.resource(p).inNamespace(namespace).waitUntilReady(4, TimeUnit.MINUTES));
  }

  /** Writes what bot servers read into the vault, as an operator's component would. */
  void seed() {
    var database = secret("demo-app");
    var cache = secret("demo-valkey");
    var drive = secret(NAME);
    put(
        "tables",
        "host=%s port=%s database=%s username=%s password=%s"
            .formatted(
                Secrets.text(database, "host"),
                Secrets.text(database, "port"),
                Secrets.text(database, "dbname"),
                Secrets.text(database, "username"),
                Secrets.text(database, "password")));
    put(
        "cache",
        "host=%s port=%s password=%s"
            .formatted(
                Secrets.text(cache, "host"),
                Secrets.text(cache, "port"),
                Secrets.text(cache, "password")));
    put(
        "drive",
        "host=drive port=8333 accesskey=%s secret=%s"
            .formatted(Secrets.text(drive, "access_key"), Secrets.text(drive, "secret_key")));
    bao("bao policy write reader - <<<'path \"secret/data/gbo/*\" { capabilities = [\"read\"] }'");
  }

  /** Publishes the way to the vault with a new token, labelled as what the operator makes is. */
  void publish() {
    var token =
        bao("bao token create -policy=reader -period=24h -orphan -field=token").lines().toList();
    ours(
        "demo-vault-botserver",
        Map.of(
            "address", "https://vault.%s.svc:8200".formatted(namespace),
            "token", token.get(token.size() - 1),
            "ca.crt", bao("cat /tls/tls.crt")));
  }

  /** Publishes the key to sign with. */
  void publishKeys() {
    ours("demo-vault-keys", Map.of("jwt-secret", new SecureEntropy().password(64)));
  }

  /** Takes the way to the vault away, and gives it back with {@link #give}. */
  Secret take() {
    var secret = secret("demo-vault-botserver");
    client.resource(secret).delete();
    return secret;
  }

  void give(Secret taken) {
    ours(
        taken.getMetadata().getName(),
        Map.of(
            "address", Secrets.text(taken, "address"),
            "token", Secrets.text(taken, "token"),
            "ca.crt", Secrets.text(taken, "ca.crt")));
  }

  void seal() {
    bao("bao operator seal");
  }

  void unseal() {
    var key =
        client
            .pods()
            .inNamespace(namespace)
            .withName(VAULT)
            .getLog()
            .lines()
            .filter(l -> l.startsWith("Unseal Key: "))
            .map(l -> l.substring("Unseal Key: ".length()))
            .findFirst()
            .orElseThrow();
    bao("bao operator unseal " + key);
  }

  void remove() {
    objects().forEach(o -> client.resource(o).inNamespace(namespace).delete());
    objects().stream()
        .filter(Pod.class::isInstance)
        .forEach(
            p ->
                client
                    .resource(p)
                    .inNamespace(namespace)
                    .waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES));
    for (var name : List.of(NAME, "demo-vault-botserver", "demo-vault-keys")) {
      client.secrets().inNamespace(namespace).withName(name).delete();
    }
    client.configMaps().inNamespace(namespace).withName(NAME).delete();
  }

  private void put(String path, String values) {
    bao("bao kv put -mount=secret gbo/%s %s >/dev/null".formatted(path, values));
  }

  private String bao(String command) {
    return new Shell(client, namespace).run(VAULT, command);
  }

  private void ours(String name, Map<String, String> values) {
    var meta =
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/managed-by", "generalbots-operator")
            .addToLabels("generalbots.io/cluster", "demo")
            .addToLabels("generalbots.io/component", VAULT)
            .build();
    client.resource(Secrets.opaque(meta, values)).forceConflicts().serverSideApply();
  }

  private Secret secret(String name) {
    return client.secrets().inNamespace(namespace).withName(name).require();
  }

  private ObjectMeta meta() {
    return new ObjectMetaBuilder().withName(NAME).withNamespace(namespace).build();
  }

  private void create(HasMetadata object) {
    client.resource(object).inNamespace(namespace).create();
  }

  private List<HasMetadata> objects() {
    return client
        .getKubernetesSerialization()
        .unmarshal(Resources.text(YAML), KubernetesList.class)
        .getItems();
  }

  private static String text(String name) {
    return Resources.text("e2e/" + name);
  }
}
