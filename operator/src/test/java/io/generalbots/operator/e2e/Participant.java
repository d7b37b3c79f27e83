package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A pod that joins a room with the SDK of LiveKit, speaks, and says what it sees of the others.
 *
 * @param client where it runs
 * @param pod as it was created
 */
record Participant(KubernetesClient client, Pod pod) {

  private static final String CONNECTED = "\"connected\"";

  /**
   * Whose token, for which room, and for how long.
   *
   * @param key the API key
   * @param secret what the token is signed with
   * @param door by which way
   */
  record Ticket(String room, int seconds, String key, String secret, Door door) {

    /** Straight to the servers. */
    Ticket(String room, int seconds, String key, String secret) {
      this(room, seconds, key, secret, Door.INSIDE);
    }
  }

  /**
   * A way to the servers.
   *
   * @param url where they are
   * @param address of the host of the URL, where DNS does not know it
   * @param isTrusted whether the gateway's authority is
   */
  record Door(String url, Optional<String> address, boolean isTrusted) {

    static final Door INSIDE = new Door("ws://demo-livekit:7880", Optional.empty(), false);

    /** The same for somebody who does not know the authority. */
    Door untrusted() {
      return new Door(url, address, false);
    }

    private List<HostAlias> aliases() {
      var host = url.replaceFirst("^wss?://", "");
      return address.map(a -> new HostAlias(List.of(host), a)).stream().toList();
    }

    private List<EnvVar> variables() {
      return isTrusted ? List.of(new EnvVar("SSL_CERT_FILE", "/tls/ca.crt", null)) : List.of();
    }

    private List<Volume> volumes() {
      return isTrusted ? List.of(Volumes.secret("tls", "demo-gateway-server")) : List.of();
    }

    private List<VolumeMount> mounts() {
      return isTrusted ? List.of(Volumes.readOnly("tls", "/tls")) : List.of();
    }
  }

  /**
   * What one has heard of another.
   *
   * @param seconds from the first sound to the last
   * @param gap the longest time without, in seconds
   */
  record Heard(double seconds, double gap) {}

  static Participant join(KubernetesClient client, String namespace, String who, Ticket ticket) {
    return new Participant(client, client.resource(pod(namespace, who, ticket)).create());
  }

  /** Waits until it is in the room. */
  Participant in() {
    return sees(CONNECTED);
  }

  /** Waits until a line of its log contains this. */
  Participant sees(String text) {
    return sees(text, Instant.EPOCH);
  }

  /** The same for what it has seen since then. */
  Participant sees(String text, Instant since) {
    awaitStarted();
    try (var watch = client.pods().resource(pod).sinceTime(since.toString()).watchLog();
        var lines =
            new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().anyMatch(l -> l.contains(text)))
          .as("%s sees %s", pod.getMetadata().getName(), text)
          .isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Waits for its end and gives the exit code: 0 if it was in the room to the end of its time. */
  int end(Duration limit) {
    client
        .pods()
        .resource(pod)
        .waitUntilCondition(Participant::isOver, limit.toSeconds(), TimeUnit.SECONDS);
    var status = client.pods().resource(pod).get().getStatus().getContainerStatuses().get(0);
    return status.getState().getTerminated().getExitCode();
  }

  /** Goes without a word, as a browser that is closed. */
  void leave() {
    client.pods().resource(pod).delete();
  }

  /** What it heard of this one in all, once it has told; every connection anew counts. */
  Heard heard(String whom) {
    var line =
        Pattern.compile(
            "\"heard\", \"of\": \"%s\", \"seconds\": ([0-9.]+), \"gap\": ([0-9.]+)"
                .formatted(whom));
    var found = line.matcher(log()).results().toList();
    assertThat(found).as("what %s heard of %s", pod.getMetadata().getName(), whom).hasSize(1);
    return new Heard(
        Double.parseDouble(found.get(0).group(1)), Double.parseDouble(found.get(0).group(2)));
  }

  /**
   * The longest time without anybody's sound that ended then, in seconds; 0 if there was none that
   * people would notice.
   */
  double longestGap(Instant since, Instant until) {
    var line = Pattern.compile("(?m)^(\\S+) .*\"gap\", \"of\": \"[^\"]*\", \"seconds\": ([0-9.]+)");
    return line.matcher(client.pods().resource(pod).usingTimestamps().getLog())
        .results()
        .filter(r -> isWithin(Instant.parse(r.group(1)), since, until))
        .mapToDouble(r -> Double.parseDouble(r.group(2)))
        .max()
        .orElse(0);
  }

  private static boolean isWithin(Instant time, Instant since, Instant until) {
    return time.isAfter(since) && time.isBefore(until);
  }

  /** How often its signals went another way. */
  long reconnects() {
    return log().lines().filter(l -> l.contains("\"reconnecting\"")).count();
  }

  String log() {
    return client.pods().resource(pod).getLog();
  }

  private void awaitStarted() {
    client
        .pods()
        .resource(pod)
        .waitUntilCondition(
            p -> p != null && !"Pending".equals(p.getStatus().getPhase()), 120, TimeUnit.SECONDS);
  }

  private static boolean isOver(Pod pod) {
    return pod != null && List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }

  private static Pod pod(String namespace, String who, Ticket ticket) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(who)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(1L)
        .withSecurityContext(Security.pod())
        .withHostAliases(ticket.door().aliases())
        .withVolumes(ticket.door().volumes())
        .addToVolumes(Volumes.scratch("tmp", "16Mi"))
        .addNewContainer()
        .withName("participant")
        .withImage("generalbots/livekit-client:1.2")
        .withImagePullPolicy("IfNotPresent")
        .withCommand("livekit-participant", ticket.door().url(), ticket.room(), who)
        .withArgs("--seconds", Integer.toString(ticket.seconds()), "--send", "from-" + who)
        .withEnv(
            new EnvVar("LIVEKIT_API_KEY", ticket.key(), null),
            new EnvVar("LIVEKIT_API_SECRET", ticket.secret(), null))
        .addAllToEnv(ticket.door().variables())
        .withResources(
            new ResourceRequirementsBuilder()
                .withLimits(Map.of("memory", Quantity.parse("256Mi")))
                .withRequests(Map.of("cpu", Quantity.parse("10m")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(ticket.door().mounts())
        .addToVolumeMounts(Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }
}
