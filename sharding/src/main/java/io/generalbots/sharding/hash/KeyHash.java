package io.generalbots.sharding.hash;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of a key: the first 8 bytes, big-endian, of SHA-256 (FIPS 180-4) of its UTF-8 text.
 *
 * <p>Not {@code hashtext}, which PostgreSQL does not promise to keep between versions, and not MD5,
 * which servers in FIPS mode refuse. PostgreSQL has {@code sha256(bytea)} since version 11.
 */
public final class KeyHash {

  private KeyHash() {}

  /**
   * Hash of a key in its {@link KeyType canonical text}, as 64 bits; equal to {@code
   * sharding.shard_hash(key)} in SQL. O(length of the key). Texts that look alike but differ in
   * their code points are different keys.
   *
   * @throws IllegalArgumentException if half of a surrogate pair stands alone: that is no text, and
   *     no UTF-8 is made of it
   */
  public static long of(String key) {
    return ByteBuffer.wrap(sha256(utf8(key))).getLong();
  }

  private static ByteBuffer utf8(String key) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a key must be text: half a surrogate pair is none", e);
    }
  }

  private static byte[] sha256(ByteBuffer bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256, this one has not", e);
    }
  }
}
