package io.generalbots.operator.golden;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.operator.kernel.Objects;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Objects as text in which two worlds that are alike are the same: without identities, times and
 * the book-keeping of the API server, and with passwords numbered in the order in which they occur.
 */
public final class Likeness {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final Pattern PASSWORD = Pattern.compile(Numbered.PASSWORD);
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
  private static final String SERVER_ANNOTATION = "deployment.kubernetes.io/";

  /** Tell of the past. */
  private static final Set<String> PAST =
      Set.of("generalbots.io/trust-changed-at", "generalbots.io/key-since");

  private Likeness() {}

  /** The text of the objects of the cluster of this name. */
  public static String of(Collection<? extends HasMetadata> objects, String cluster) {
    var text =
        objects.stream()
            .map(Likeness::bare)
            .sorted(Comparator.comparing(Objects::ref))
            .map(Yaml::of)
            .collect(Collectors.joining("---\n"))
            .replace(cluster, "demo");
    return numbered(TIME.matcher(digested(text)).replaceAll("(time)"));
  }

  /** What is digested holds passwords, which are never the same. */
  private static String digested(String text) {
    return text.replaceAll("secrets-digest: \"?\\w+\"?", "secrets-digest: (digest)");
  }

  private static HasMetadata bare(HasMetadata live) {
    var object = SERIALIZATION.clone(live);
    object.setMetadata(meta(live));
    if (object instanceof Service service && !"None".equals(service.getSpec().getClusterIP())) {
      service.getSpec().setClusterIP(null);
      service.getSpec().setClusterIPs(List.of());
    }
    return withoutStatus(object);
  }

  private static HasMetadata withoutStatus(HasMetadata object) {
    @SuppressWarnings("unchecked")
    Map<String, Object> fields = SERIALIZATION.convertValue(object, HashMap.class);
    fields.remove("status");
    return SERIALIZATION.convertValue(fields, object.getClass());
  }

  private static ObjectMeta meta(HasMetadata live) {
    var annotations = new HashMap<>(Objects.annotations(live));
    annotations.keySet().removeIf(key -> key.startsWith(SERVER_ANNOTATION));
    annotations.keySet().removeAll(PAST);
    var owners =
        live.getMetadata().getOwnerReferences().stream()
            .map(o -> new OwnerReferenceBuilder(o).withUid("(uid)").build())
            .toList();
    return new ObjectMetaBuilder()
        .withName(live.getMetadata().getName())
        .withLabels(live.getMetadata().getLabels())
        .withAnnotations(annotations)
        .withOwnerReferences(owners)
        .build();
  }

  /** The digest of a password is told as such, so that both must belong together. */
  private static String numbered(String text) {
    var numbers = new HashMap<String, String>();
    var matcher = PASSWORD.matcher(text);
    while (matcher.find()) {
      numbers.putIfAbsent(matcher.group(), "(password %d)".formatted(numbers.size()));
    }
    var result = text;
    for (var known : numbers.entrySet()) {
      result =
          result
              .replace(known.getKey(), known.getValue())
              .replace(sha256(known.getKey()), "(digest of " + known.getValue() + ")");
    }
    return result;
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
