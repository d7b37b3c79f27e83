package io.generalbots.operator.external.tenant;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server keeps of a password (RFC 5803): with it clients can be verified, and nobody can log
 * in. Made here, so that no statement, log or statistic of the server ever holds a password. The
 * salt follows from role and password: what has not changed is not written again.
 */
final class Verifier {

  private static final String HMAC = "HmacSHA256";
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 256;

  private Verifier() {}

  static String of(Credential login) {
    if (!login.password().matches("[!-~]{16,128}")) {
      throw new IllegalArgumentException(
          "the password of %s cannot be used".formatted(login.name()));
    }
    try {
      return of(login.password(), salt(login));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has these algorithms", e);
    }
  }

  static String of(String password, byte[] salt) throws GeneralSecurityException {
    KeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, KEY_BITS);
    var salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    var stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
    return "SCRAM-SHA-256$%d:%s$%s:%s"
        .formatted(ITERATIONS, base64(salt), base64(stored), base64(hmac(salted, "Server Key")));
  }

  private static byte[] salt(Credential login) throws GeneralSecurityException {
    var key = login.password().getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(hmac(key, "salt of " + login.name()), SALT_BYTES);
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
