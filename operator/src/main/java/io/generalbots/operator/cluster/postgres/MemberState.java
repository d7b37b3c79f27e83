package io.generalbots.operator.cluster.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What Patroni tells about a member in the annotation {@code status} of its pod.
 *
 * @param state what the server does: {@code running}, {@code starting}, {@code start failed} …
 * @param replication what a standby does: {@code streaming}, or nothing it can tell
 * @param timeline the timeline it is on; 0 if unknown
 * @param position the end of its write-ahead log in bytes; 0 if unknown
 * @param pendingRestart whether parameters wait for a restart
 * @param changes which ones
 */
public record MemberState(
    String state,
    String replication,
    long timeline,
    long position,
    boolean pendingRestart,
    List<ParameterChange> changes) {

  static final MemberState UNKNOWN = new MemberState("", "", 0, 0, false, List.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  public MemberState {
    changes = List.copyOf(changes);
  }

  /** Reads the annotation; unknown if it is none of Patroni's. */
  static MemberState parse(String annotation) {
    try {
      return of(JSON.readTree(annotation));
    } catch (JsonProcessingException e) {
      return UNKNOWN;
    }
  }

  /** Whether the server answers queries. */
  boolean isRunning() {
    return "running".equals(state);
  }

  /** Whether a standby receives what its primary writes. */
  boolean isStreaming() {
    return "streaming".equals(replication);
  }

  /** The waiting changes that the primary has to take first. */
  List<ParameterChange> primaryFirst() {
    return changes.stream().filter(ParameterChange::startsWithPrimary).toList();
  }

  /** Whether a restart brings something without waiting for the primary. */
  boolean gainsByRestart() {
    return pendingRestart && (changes.isEmpty() || primaryFirst().size() < changes.size());
  }

  private static MemberState of(JsonNode node) {
    return new MemberState(
        node.path("state").asText(""),
        node.path("replication_state").asText(""),
        node.path("timeline").asLong(0),
        node.path("xlog_location").asLong(0),
        node.path("pending_restart").asBoolean(false),
        changes(node.path("pending_restart_reason")));
  }

  private static List<ParameterChange> changes(JsonNode reasons) {
    return reasons.properties().stream().map(f -> change(f.getKey(), f.getValue())).toList();
  }

  private static ParameterChange change(String name, JsonNode values) {
    return new ParameterChange(
        name, values.path("old_value").asText(""), values.path("new_value").asText(""));
  }
}
