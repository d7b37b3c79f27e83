package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Two pods that open TLS connections with OpenSSL: one whom every server of the cluster takes for
 * its own, and one that passes for a sentinel, since these take calls from each other only.
 *
 * @param client where they run
 * @param insider the pod for most servers
 * @param sentinel the pod for Valkey's servers and sentinels
 */
record TlsClient(KubernetesClient client, Pod insider, Pod sentinel) implements AutoCloseable {

  private static final String NAME = "tls-client";
  private static final Map<String, String> INSIDER = Map.of(CertificatesCluster.CLUSTER, "demo");
  private static final Map<String, String> SENTINEL =
      Map.of(CertificatesCluster.CLUSTER, "demo", "generalbots.io/component", "valkey-sentinel");

  /** Ends when the server shows this serial number under an authority that is trusted. */
  private static final String AWAIT =
      """
      printf %%s "$1" >/tmp/ca.crt
      end=$((SECONDS + %d))
      while :; do
        seen=$(timeout 5 openssl s_client -connect "$2" $3 -CAfile /tmp/ca.crt \
          -verify_return_error </dev/null 2>/tmp/error | openssl x509 -noout -serial 2>/dev/null)
        if [[ $seen == "serial=$4" ]]; then exit 0; fi
        if ((SECONDS > end)); then echo "$2 shows $seen, not $4: $(tail -n2 /tmp/error)"; exit 1; fi
        sleep 1
      done
      """;

  static TlsClient start(KubernetesClient client, String namespace) {
    return new TlsClient(
        client,
        start(client, pod(namespace, NAME, INSIDER)),
        start(client, pod(namespace, NAME + "-sentinel", SENTINEL)));
  }

  private static Pod start(KubernetesClient client, Pod pod) {
    client.resource(pod).withGracePeriod(0).delete();
    client.resource(pod).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    var created = client.resource(pod).create();
    client.pods().resource(created).waitUntilReady(60, TimeUnit.SECONDS);
    return created;
  }

  /** The addresses of all servers, and how OpenSSL has to greet them. */
  static Map<String, String> servers() {
    var all = new LinkedHashMap<String, String>();
    all.put("demo-postgres-0.demo-postgres:5432", "-starttls postgres");
    all.put("demo-postgres-1.demo-postgres:5432", "-starttls postgres");
    all.put("demo-pooler:5432", "-starttls postgres");
    all.put("demo-valkey-0.demo-valkey-headless:6380", "");
    all.put("demo-valkey-1.demo-valkey-headless:6380", "");
    all.put("demo-valkey-sentinel-0.demo-valkey-sentinel:26379", "");
    return all;
  }

  /** Waits until a server shows the certificate of this serial number, signed by this authority. */
  void await(String server, String serial, String authority, Duration limit) {
    var greeting = servers().getOrDefault(server, "");
    run(
        server.contains("valkey") ? sentinel : insider,
        limit.plusSeconds(30),
        AWAIT.formatted(limit.toSeconds()),
        authority,
        server,
        greeting,
        serial);
  }

  /** What a shell command with these arguments prints; it has to succeed. */
  String run(String command, Duration limit, String... arguments) {
    return run(insider, limit, command, arguments);
  }

  private String run(Pod pod, Duration limit, String command, String... arguments) {
    var words = new ArrayList<>(List.of("bash", "-c", command, "tls-client"));
    words.addAll(List.of(arguments));
    var out = new ByteArrayOutputStream();
    try (var exec =
        client
            .pods()
            .resource(pod)
            .writingOutput(out)
            .writingError(out)
            .exec(words.toArray(String[]::new))) {
      var code = exec.exitCode().get(limit.toSeconds(), TimeUnit.SECONDS);
      var said = out.toString(StandardCharsets.UTF_8).strip();
      if (code != 0) {
        throw new AssertionError(said);
      }
      return said;
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("no answer within " + limit, e);
    }
  }

  private static Pod pod(String namespace, String name, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withTerminationGracePeriodSeconds(0L)
        .withSecurityContext(Security.pod())
        .withVolumes(Volumes.scratch("tmp", "16Mi"))
        .addNewContainer()
        .withName("client")
        .withImage("generalbots/tools:1")
        .withImagePullPolicy("IfNotPresent")
        .withCommand("sleep", "infinity")
        .withResources(
            new ResourceRequirementsBuilder()
                .withLimits(Map.of("memory", Quantity.parse("128Mi")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }

  @Override
  public void close() {
    List.of(insider, sentinel)
        .forEach(pod -> client.pods().resource(pod).withGracePeriod(0).delete());
  }
}
