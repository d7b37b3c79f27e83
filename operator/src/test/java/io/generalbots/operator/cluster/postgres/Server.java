package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.generalbots.operator.kube.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One server of the cluster demo, as a test wants it: ready, streaming and up to date at first. */
final class Server {

  private final int ordinal;
  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, String> annotations = new HashMap<>();
  private final List<String> changes = new ArrayList<>();
  private boolean ready = true;
  private boolean terminating;
  private String replication = "\"replication_state\":\"streaming\",";
  private long position = 1000;
  private String waiting = "";
  private String ended = "";

  private Server(int ordinal, String role) {
    this.ordinal = ordinal;
    labels.put(Labels.ROLE, role);
    labels.put("controller-revision-hash", Given.NEW);
  }

  static Server primary(int ordinal) {
    var server = new Server(ordinal, "primary");
    server.replication = "";
    return server;
  }

  static Server replica(int ordinal) {
    return new Server(ordinal, "replica");
  }

  Server outdated() {
    labels.put("controller-revision-hash", Given.OLD);
    return this;
  }

  Server notReady() {
    ready = false;
    return this;
  }

  Server terminating() {
    terminating = true;
    return this;
  }

  Server notStreaming() {
    replication = "";
    return this;
  }

  Server behindBy(long bytes) {
    position -= bytes;
    return this;
  }

  /** A parameter that waits for a restart. */
  Server pending(String parameter, int from, int to) {
    changes.add(
        "\"%s\":{\"old_value\":\"%d\",\"new_value\":\"%d\"}".formatted(parameter, from, to));
    return this;
  }

  /** Its container waits because of that, and last ended at that time. */
  Server waiting(String reason, String endedAt) {
    ready = false;
    waiting = reason;
    ended = endedAt;
    return this;
  }

  Pod pod() {
    var part = Names.part("demo");
    annotations.put("status", status());
    var meta =
        new ObjectMetaBuilder(part.named(part.name(Integer.toString(ordinal))))
            .withUid("u-" + ordinal)
            .addToLabels(labels)
            .withAnnotations(annotations)
            .withDeletionTimestamp(terminating ? "2026-01-01T00:00:00Z" : null);
    var pod = new PodBuilder().withMetadata(meta.build()).withNewStatus();
    pod.addNewCondition().withType("Ready").withStatus(ready ? "True" : "False").endCondition();
    if (!waiting.isEmpty()) {
      var container = pod.addNewContainerStatus().withName("postgres");
      container.withNewState().withNewWaiting().withReason(waiting).endWaiting().endState();
      container
          .withNewLastState()
          .withNewTerminated()
          .withFinishedAt(ended)
          .endTerminated()
          .endLastState()
          .endContainerStatus();
    }
    return pod.endStatus().build();
  }

  private String status() {
    var pending =
        changes.isEmpty()
            ? ""
            : "\"pending_restart\":true,\"pending_restart_reason\":{%s},"
                .formatted(String.join(",", changes));
    return "{\"state\":\"running\",%s%s\"timeline\":1,\"xlog_location\":%d}"
        .formatted(replication, pending, position);
  }
}
