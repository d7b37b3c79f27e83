package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import io.vertx.core.json.JsonObject;
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
    client
        .pods()
        .inNamespace(namespace)
        .withName(NAME)
        .waitUntilCondition(p -> p == null, 60, TimeUnit.SECONDS);
  }

  /** The values of an entry. */
  Map<String, Object> entry(String path) {
    return data(path).getJsonObject("data").getMap();
  }

  /** How often an entry was written. */
  int version(String path) {
    return data(path).getJsonObject("metadata").getInteger("version");
  }

  private JsonObject data(String path) {
    return new JsonObject(ask("secret/data/" + path)).getJsonObject("data");
  }

  private String ask(String path) {
    return shell.run(NAME, CALL.formatted("", path));
  }

  /** The status with which a request is answered. */
  String status(String more, String path) {
    return shell.run(NAME, CALL.formatted(STATUS + " " + more, path));
  }

  /** The pod that leads. */
  String leader() {
    var address = new JsonObject(ask("sys/leader")).getString("leader_address");
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

  /** Waits until so many servers have a vote: a new one gets it after ten seconds. */
  void awaitVoters(int count, String password, Duration limit) {
    var until = Instant.now().plus(limit);
    var path = "sys/storage/raft/configuration";
    while (asOperator(password, path, "-X GET").split("\"voter\":true", -1).length - 1 != count) {
      assertThat(Instant.now()).isBefore(until);
    }
  }

  /** What the administrator of the vault would ask, signed in with the operator's login. */
  String asOperator(String password, String path, String more) {
    var login =
        "cd /vault; T=$(curl -s --cacert ca.crt -d '{\"password\":\"%s\"}'".formatted(password)
            + " \"$(cat address)/v1/auth/userpass/login/generalbots-operator\""
            + " | jq -r .auth.client_token); ";
    var call = "curl -s --cacert ca.crt -H \"X-Vault-Token: $T\" %s \"$(cat address)/v1/%s\"";
    return shell.run(NAME, login + call.formatted(more, path));
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
