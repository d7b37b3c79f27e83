package io.generalbots.operator.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JSON Web Token that is signed by HS256.
 *
 * @param claims what it says
 */
public record Token(Map<String, Object> claims) {

  private static final String MAC = "HmacSHA256";
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public Token {
    claims = Map.copyOf(claims);
  }

  /** As it is shown, signed with this secret. */
  public String signed(String secret) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
      var body = encoded(HEADER) + "." + encoded(MAPPER.writeValueAsString(claims));
      return body + "." + encoded(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
