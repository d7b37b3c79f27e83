package io.generalbots.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.operator.rbac.Right;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The API server's audit log of the local node: every request, who made it and what came of it. */
public final class AuditLog {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Set<String> READS = Set.of("get", "list", "watch");

  /** Its kind comes and goes with a test that may run at the same time. */
  private static final Right OF_ANOTHER_TEST =
      new Right("externaldns.k8s.io", "dnsendpoints", "list");

  private static final int CREATED = 201;
  private static final int FORBIDDEN = 403;

  private final Path folder;

  private AuditLog(Path folder) {
    this.folder = folder;
  }

  /** The log beside the kubeconfig of the node, or where GBO_AUDIT says. */
  public static AuditLog ofNode() {
    return environment("GBO_AUDIT")
        .or(() -> environment("KUBECONFIG").map(kubeconfig -> kubeconfig.resolveSibling("audit")))
        .filter(Files::isDirectory)
        .map(AuditLog::new)
        .orElseThrow(
            () -> new IllegalStateException("set GBO_AUDIT to the folder of the audit log"));
  }

  private static Optional<Path> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).map(Path::of);
  }

  /** The requests of this user, oldest file first. */
  public List<Request> of(String user) {
    return lines(user).flatMap(l -> read(l, user)).toList();
  }

  /** What was noted of requests about this namespace, each as it stands there. */
  Stream<String> about(String namespace) {
    return lines("/namespaces/" + namespace + "/");
  }

  /** The lines with this text in them, oldest file first. */
  private Stream<String> lines(String text) {
    try (Stream<Path> files = Files.list(folder)) {
      var found = new ArrayList<String>();
      for (var file : files.sorted().toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          lines.filter(line -> line.contains(text)).forEach(found::add);
        }
      }
      return found.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Request> read(String line, String user) {
    try {
      var event = MAPPER.readTree(line);
      var answered = event.path("stage").asText().startsWith("Response");
      return answered && user.equals(event.path("user").path("username").asText())
          ? Stream.of(Request.of(event))
          : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("not an audit event: " + line, e);
    }
  }

  /**
   * One request.
   *
   * @param right what had to be allowed for it
   * @param uri where it went
   * @param code the answer
   * @param at when it came in
   */
  public record Request(Right right, String uri, int code, Instant at) {

    static Request of(JsonNode event) {
      var object = event.path("objectRef");
      var subresource = object.path("subresource").asText();
      var resource = object.path("resource").asText();
      var right =
          new Right(
              object.path("apiGroup").asText(),
              subresource.isEmpty() ? resource : resource + "/" + subresource,
              event.path("verb").asText());
      var uri = event.path("requestURI").asText();
      var at = Instant.parse(event.path("requestReceivedTimestamp").asText());
      return new Request(right, uri, event.path("responseStatus").path("code").asInt(), at);
    }

    /** Whether it was about something in this namespace, in this time. */
    public boolean isIn(String namespace, Instant since) {
      return !at.isBefore(since) && uri.matches(".*/namespaces/" + namespace + "([/?].*)?");
    }

    /** Whether it only waits for changes. */
    public boolean isWatch() {
      return "watch".equals(right.verb());
    }

    /** Whether it only waits for changes, or is the list before that of another test's kind. */
    public boolean isOfAWatch() {
      return isWatch() || right.equals(OF_ANOTHER_TEST);
    }

    /** Whether it was to change something. */
    public boolean isWrite() {
      return !READS.contains(right.verb());
    }

    boolean isForbidden() {
      return code == FORBIDDEN;
    }

    /** The rights it used: an apply that made its object needed the right to create as well. */
    Stream<Right> used() {
      return code == CREATED && "patch".equals(right.verb())
          ? Stream.of(right, new Right(right.group(), right.resource(), "create"))
          : Stream.of(right);
    }
  }
}
