package io.generalbots.operator.e2e;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A pod of clients that know the authority of the gateway's certificate.
 *
 * @param cluster whose gateway they ask
 * @param pod its name
 */
record GatewayClient(GatewayCluster cluster, String pod) {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String CURL =
      "curl -s --max-time 30 --cacert /tls/ca.crt --connect-to ::demo-gateway: ";
  private static final String SCRIPT = "/tmp/client.py";

  /** What websockets found. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Sockets(
      int opened,
      int dropped,
      int messages,
      int fewest,
      Map<String, Integer> servers,
      Map<String, Integer> errors,
      String cookie) {

    /** The bot server of all of them. */
    String server() {
      if (servers.size() != 1) {
        throw new AssertionError("they are not with one server: " + servers);
      }
      return servers.keySet().iterator().next();
    }
  }

  /** What requests found; one whose connection ended without a word was repeated. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Requests(
      Map<String, Integer> statuses,
      Map<String, Integer> servers,
      int refused,
      int repeated,
      Map<String, Integer> errors) {}

  static GatewayClient start(GatewayCluster cluster) {
    var client = cluster.client();
    var created = client.resource(pod(cluster.namespace())).create();
    client.pods().resource(created).waitUntilReady(90, TimeUnit.SECONDS);
    var started = new GatewayClient(cluster, created.getMetadata().getName());
    var script = Resources.text("gateway/client.py").getBytes(StandardCharsets.UTF_8);
    var encoded = Base64.getEncoder().encodeToString(script);
    started.run("echo %s | base64 -d >%s".formatted(encoded, SCRIPT));
    return started;
  }

  String run(String command) {
    return cluster.shell().run(pod, command, LIMIT);
  }

  /** Asks with curl, which connects to the gateway whatever the URL says. */
  String curl(String arguments) {
    return run(CURL + arguments);
  }

  /**
   * Asks until that one answers: a new pod that was asked before its node let it be reached is left
   * out by the gateway for half a minute.
   */
  void awaitAnswer(String arguments, String who) {
    run("until [ \"$(%s)\" = %s ]; do sleep 0.2; done".formatted(CURL + arguments, who));
  }

  int status(String arguments) {
    return Integer.parseInt(curl("-o /dev/null -w '%{http_code}' " + arguments));
  }

  /** Starts clients in the background; they have connected once this returns. */
  void begin(String name, String arguments) {
    run("rm -f /tmp/%1$s.*".formatted(name));
    run(
        "(python3 %1$s %2$s --running /tmp/%3$s.running --stop /tmp/%3$s.stop >/tmp/%3$s.out 2>&1; echo >/tmp/%3$s.over) </dev/null >/dev/null 2>&1 &"
            .formatted(SCRIPT, arguments, name));
    run(
        "until [ -e /tmp/%1$s.running ] || [ -e /tmp/%1$s.over ]; do sleep 0.2; done"
            .formatted(name));
  }

  /** Waits until clients have ended by themselves: websockets do when all of them were dropped. */
  void awaitOver(String name) {
    run("until [ -e /tmp/%s.over ]; do sleep 0.2; done".formatted(name));
  }

  private String end(String name) {
    run("touch /tmp/%s.stop".formatted(name));
    awaitOver(name);
    var said = run("tail -n1 /tmp/%s.out".formatted(name));
    System.out.println(name + ": " + said);
    return said;
  }

  Sockets sockets(String name) {
    return Serialization.unmarshal(end(name), Sockets.class);
  }

  Requests requests(String name) {
    return Serialization.unmarshal(end(name), Requests.class);
  }

  /** Opens one websocket with this cookie and leaves again. */
  Sockets visit(String cookie) {
    begin("visit", cookie.isEmpty() ? "sockets" : "sockets --cookie " + cookie);
    return sockets("visit");
  }

  private static Pod pod(String namespace) {
    var authority =
        new VolumeBuilder()
            .withName("tls")
            .withNewSecret()
            .withSecretName("demo-gateway-server")
            .addNewItem("ca.crt", null, "ca.crt")
            .endSecret()
            .build();
    return new PodBuilder()
        .withNewMetadata()
        .withGenerateName("client-")
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(0L)
        .withSecurityContext(Security.pod())
        .withVolumes(authority, Volumes.scratch("tmp", "16Mi"))
        .addNewContainer()
        .withName("client")
        .withImage("generalbots/tools:1")
        .withImagePullPolicy("IfNotPresent")
        .withCommand("sleep", "infinity")
        .withResources(
            new ResourceRequirementsBuilder()
                .withLimits(Map.of("memory", Quantity.parse("256Mi")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.readOnly("tls", "/tls"), Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }
}
