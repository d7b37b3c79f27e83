package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Load on a gateway from a pod beside it, by the program of {@code dev/load}.
 *
 * @param client how it is reached
 * @param namespace where the gateway is
 * @param pod its name
 */
record LoadPod(KubernetesClient client, String namespace, String pod) {

  private static final Path PROGRAM = Path.of("..", "dev", "lib", "load.py");
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** What came of it. */
  record Report(String name, JsonNode told) {

    int opened() {
      return told.at("/sockets/opened").asInt();
    }

    int dropped() {
      return told.at("/sockets/dropped").asInt();
    }

    /** When each websocket that was dropped ended, in seconds from its opening. */
    List<Double> ended() {
      return StreamSupport.stream(told.at("/sockets/ended").spliterator(), false)
          .map(JsonNode::asDouble)
          .toList();
    }

    /**
     * Every request was answered by a bot server, none was asked twice, and no websocket has ended.
     */
    void hasLostNothing() {
      assertThat(told.at("/requests/repeated").asInt()).as(name).isZero();
      assertThat(told.at("/requests/errors").properties()).as(name).isEmpty();
      assertThat(told.at("/requests/statuses").properties())
          .as(name)
          .allSatisfy(status -> assertThat(status.getKey()).isEqualTo("401"));
      assertThat(dropped()).as(name).isZero();
    }
  }

  static LoadPod start(KubernetesClient client, String namespace) {
    var gateway = new GatewayCluster(client, namespace);
    var started = new LoadPod(client, namespace, GatewayClient.start(gateway).pod());
    var encoded = Base64.getEncoder().encodeToString(program());
    started.run("echo %s | base64 -d >/tmp/load.py".formatted(encoded));
    return started;
  }

  private static byte[] program() {
    try {
      return Files.readAllBytes(PROGRAM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins in the background; its websockets are open once this returns. */
  void begin(String name, String options) {
    run(
        "(python3 /tmp/load.py --host %1$s --authority /tls/ca.crt %2$s --running /tmp/%3$s.running --stop /tmp/%3$s.stop >/tmp/%3$s.out 2>&1; echo >/tmp/%3$s.over) </dev/null >/dev/null 2>&1 &"
            .formatted(GatewayCluster.DOMAIN, options, name));
    run(
        "until [ -e /tmp/%1$s.running ] || [ -e /tmp/%1$s.over ]; do sleep 0.2; done"
            .formatted(name));
  }

  Report end(String name) {
    var said =
        run(
            "touch /tmp/%1$s.stop; until [ -e /tmp/%1$s.over ]; do sleep 0.2; done; tail -n1 /tmp/%1$s.out"
                .formatted(name));
    System.out.println(name + ": " + said);
    try {
      return new Report(name, new ObjectMapper().readTree(said));
    } catch (IOException e) {
      throw new UncheckedIOException(said, e);
    }
  }

  private String run(String command) {
    return new Shell(client, namespace).run(pod, command, LIMIT);
  }
}
