package io.generalbots.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP as bytes: tests send what no client would. */
public final class Wire {

  /**
   * What came back.
   *
   * @param head status line and headers
   * @param body as text
   */
  public record Answer(List<String> head, String body) {
    /** Its status. */
    public int status() {
      return Integer.parseInt(head.get(0).split(" ", 3)[1]);
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
      var start = name.toLowerCase(Locale.ROOT) + ": ";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()))
          .findFirst();
    }
  }

  private final int port;

  /** To a server of this machine. */
  public Wire(int port) {
    this.port = port;
  }

  /** Asks with GET; each of these is a line of the head. */
  public Answer get(String path, String... headers) {
    return send(
        "GET "
            + path
            + " HTTP/1.1\r\n"
            + String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList()));
  }

  /** Sends this head, a character for each byte, and asks for the end of the connection. */
  public Answer send(String head) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      var host = head.contains("\r\nHost: ") ? "" : "Host: router\r\n";
      var bytes = (head + host + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer read(String text) {
    var end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("this is no answer: " + text);
    }
    return new Answer(List.of(text.substring(0, end).split("\r\n")), text.substring(end + 4));
  }
}
