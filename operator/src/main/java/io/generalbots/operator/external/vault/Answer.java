package io.generalbots.operator.external.vault;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a vault answered.
 *
 * @param status as HTTP has it
 * @param body empty where there was none
 */
record Answer(int status, JsonObject body) {

  /** What is said while an engine is being mounted, and in the first moment after. */
  private static final List<String> BEGINNING =
      List.of("path is already in use", "Upgrading from non-versioned");

  private static final int OK = 200;
  private static final int REDIRECTED = 300;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  static Answer of(int status, Buffer body) {
    return new Answer(status, read(body));
  }

  boolean isGood() {
    return status >= OK && status < REDIRECTED;
  }

  /** Whether it is the request that does not do. */
  boolean isRefused() {
    return status >= BAD_REQUEST && status < SERVER_ERROR;
  }

  boolean isNotFound() {
    return status == NOT_FOUND;
  }

  VaultTrouble trouble(String request) {
    return new VaultTrouble(
        kind(), "%s: the vault answered %d: %s".formatted(request, status, errors()));
  }

  /** A server without a leader says that as an error of its own, and a new engine as a refusal. */
  private VaultTrouble.Kind kind() {
    return switch (status) {
      case UNAVAILABLE -> VaultTrouble.Kind.SEALED;
      case SERVER_ERROR -> VaultTrouble.Kind.UNREACHABLE;
      case BAD_REQUEST ->
          BEGINNING.stream().anyMatch(errors()::startsWith)
              ? VaultTrouble.Kind.UNREACHABLE
              : VaultTrouble.Kind.REFUSED;
      default -> VaultTrouble.Kind.REFUSED;
    };
  }

  private String errors() {
    return body.getJsonArray("errors", new JsonArray()).stream()
        .map(String::valueOf)
        .map(String::strip)
        .collect(Collectors.joining("; "));
  }

  /** A proxy in between may answer with something else. */
  private static JsonObject read(Buffer body) {
    try {
      return body.length() == 0 ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }
}
