package io.generalbots.edge.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text of bytes, strictly: two keys that are different bytes must not become one by way of a
 * replacement character.
 */
public final class Utf8 {

  private Utf8() {}

  /**
   * Text of bytes.
   *
   * @throws IllegalArgumentException if they are no UTF-8
   */
  static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not written in UTF-8", e);
    }
  }

  /**
   * Text of a header, which servers hand on as one character for each byte.
   *
   * @throws IllegalArgumentException if the bytes are no UTF-8
   */
  public static String ofHeader(String octets) {
    return text(StandardCharsets.ISO_8859_1.encode(octets));
  }
}
