package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The random parts of what Secrets hold, in every form in which they could be found elsewhere.
 *
 * @param forms each with where it is from
 */
record KnownSecrets(Map<String, String> forms) {

  /** Whoever connects is shown or told this. */
  private static final Set<String> PUBLIC =
      Set.of("ca.crt", "tls.crt", "host", "address", "username", "bucket", "dbname");

  /** Passwords and tokens, keys in hexadecimal digits, and the lines of keys in PEM. */
  private static final Pattern RANDOM =
      Pattern.compile(
          "[0-9a-f]{32,}|(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])"
              + "[A-Za-z0-9+/]{16,}={0,2}");

  static KnownSecrets of(Collection<Secret> secrets) {
    var forms = new TreeMap<String, String>();
    for (var secret : secrets) {
      for (var key : secret.getData().keySet()) {
        if (!PUBLIC.contains(key)) {
          var origin = secret.getMetadata().getName() + "/" + key;
          parts(Secrets.text(secret, key))
              .flatMap(KnownSecrets::forms)
              .forEach(form -> forms.put(form, origin));
        }
      }
    }
    return new KnownSecrets(forms);
  }

  /** Where the secrets are from that a text has in it. */
  List<String> in(String text) {
    return forms.entrySet().stream()
        .filter(e -> text.contains(e.getKey()))
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  private static Stream<String> parts(String value) {
    return RANDOM.matcher(value).results().map(MatchResult::group);
  }

  private static Stream<String> forms(String part) {
    var bytes = part.getBytes(StandardCharsets.UTF_8);
    return Stream.concat(
        Stream.of(
            part, URLEncoder.encode(part, StandardCharsets.UTF_8), HexFormat.of().formatHex(bytes)),
        Stream.of(0, 1, 2).map(offset -> encoded(bytes, offset)));
  }

  /** In Base64, where so many bytes stand before it: only what depends on it alone. */
  private static String encoded(byte[] bytes, int offset) {
    var padded = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, padded, offset, bytes.length);
    var whole = Arrays.copyOf(padded, padded.length / 3 * 3);
    return Base64.getEncoder().encodeToString(whole).substring(offset == 0 ? 0 : 4);
  }
}
