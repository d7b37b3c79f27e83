package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A pod that knows of the vault what bot servers know: the published Secret. */
final class VaultReader {

  private static final String NAME = "reader";
  private static final String CALL =
      "cd /vault; curl -s -m 5 --cacert ca.crt -H \"X-Vault-Token: $(cat token)\" %s"
          + " \"$(cat address)/v1/%s\"";
  private static final String STATUS = "-o /dev/null -w '%{http_code}'";

  /** Reads in a row after which a failure counts as over. */
  private static final int ROW = 10;

  private final Shell shell;
  private final KubernetesClient client;
  private final String namespace;

  VaultReader(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.shell = new Shell(client, namespace);
  }

  void start() {
    var pods = client.pods().inNamespace(namespace);
    pods.resource(pod()).create();
    pods.withName(NAME).waitUntilReady(180, TimeUnit.SECONDS);
  }

  void stop() {
    client.pods().inNamespace(namespace).withName(NAME).delete();
    client.pods().inNamespace(namespace).withName(NAME).waitUntilCondition(
        p -> p == null, 60, TimeUnit.SECONDS);
  }

  /** The values of an entry. */
  Map<?, ?> entry(String path) {
    var answer = shell.run(NAME, CALL.formatted("", "secret/data/" + path));
    var data = (Map<?, ?>) Serialization.unmarshal(answer, Map.class).get("data");
    return (Map<?, ?>) data.get("data");
  }

  /** What is known of the versions of an entry, as the vault tells with it. */
  Object version(String path) {
    var answer = shell.run(NAME, CALL.formatted("", "secret/data/" + path));
    var data = (Map<?, ?>) Serialization.unmarshal(answer, Map.class).get("data");
    return ((Map<?, ?>) data.get("metadata")).get("version");
  }

  /** The status with which a request is answered. */
  String status(String more, String path) {
    return shell.run(NAME, CALL.formatted(STATUS + " " + more, path));
  }

  /** The pod that leads. */
  String leader() {
    var answer = shell.run(NAME, CALL.formatted("", "sys/leader"));
    var address = (String) Serialization.unmarshal(answer, Map.class).get("leader_address");
    return address.replaceFirst("https://", "").replaceFirst("\\..*", "");
  }

  /** Asks until an entry can be read; how long that took. */
  Duration awaitReadable(String path, Instant since, Duration limit) {
    while (Duration.between(since, Instant.now()).compareTo(limit) < 0) {
      if (isReadable(path)) {
        return Duration.between(since, Instant.now());
      }
    }
    throw new AssertionError("not readable within " + limit);
  }

  /** The same where it can be read until it fails: it has to be read several times in a row. */
  Duration awaitReadableAfterFailure(String path, Instant since, Duration limit) {
    var row = 0;
    var first = Duration.ZERO;
    while (row < ROW) {
      var found = awaitReadable(path, since, limit);
      first = row == 0 ? found : first;
      row = isReadable(path) ? row + 1 : 0;
    }
    return first;
  }

  private boolean isReadable(String path) {
    var call = CALL.formatted(STATUS + " -m 2", "secret/data/" + path);
    return "200".equals(shell.attempt(NAME, call));
  }

  /** What the administrator of the vault would ask, signed in with the operator's login. */
  String asOperator(String password, String path, String body) {
    var login =
        "cd /vault; T=$(curl -s --cacert ca.crt -d '{\"password\":\"%s\"}'"
                .formatted(password)
            + " \"$(cat address)/v1/auth/userpass/login/generalbots-operator\""
            + " | jq -r .auth.client_token); ";
    return shell.run(
        NAME,
        login
            + "curl -s --cacert ca.crt -H \"X-Vault-Token: $T\" -d '%s' \"$(cat address)/v1/%s\""
                .formatted(body, path));
  }

  private Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withTerminationGracePeriodSeconds(0L)
        .withSecurityContext(Security.pod())
        .withVolumes(
            List.of(
                Volumes.secret("vault", VaultCluster.NAME + "-vault-botserver"),
                Volumes.scratch("tmp", "16Mi")))
        .addNewContainer()
        .withName("reader")
        .withImage("generalbots/tools:1")
        .withCommand("sleep", "infinity")
        .withResources(
            new ResourceRequirementsBuilder()
                .withLimits(Map.of("memory", Quantity.parse("64Mi")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.readOnly("vault", "/vault"), Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }
}
