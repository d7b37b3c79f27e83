package io.generalbots.operator.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Objects as text for people: keys in order, scripts and certificates left out. */
final class Yaml {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(Feature.MINIMIZE_QUOTES, Feature.LITERAL_BLOCK_STYLE)
          .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /** Every run makes certificates of its own. */
  private static final Pattern FINGERPRINT =
      Pattern.compile("(generalbots\\.io/(?:certificate|secrets-digest):) \"?[0-9a-f]+\"?");

  private Yaml() {}

  static String of(List<HasMetadata> objects) {
    return objects.stream().map(Yaml::of).collect(Collectors.joining("---\n"));
  }

  static String of(HasMetadata object) {
    try {
      var text = MAPPER.writeValueAsString(told(object)).replaceAll("(?m)^status: null\\R", "");
      return FINGERPRINT.matcher(text).replaceAll("$1 (CRC)");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an object that is no YAML: " + object, e);
    }
  }

  /** Lines of text by what they are. */
  static String of(SortedMap<String, List<String>> lines) {
    try {
      return MAPPER.writeValueAsString(lines);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lines that are no YAML: " + lines, e);
    }
  }

  /** The object as plain maps; what a Secret holds is readable, as these are no secrets. */
  private static Map<String, Object> told(HasMetadata object) {
    @SuppressWarnings("unchecked")
    Map<String, Object> fields = SERIALIZATION.convertValue(object, TreeMap.class);
    if (object instanceof Secret secret && secret.getData() != null) {
      fields.remove("data");
      fields.put("stringData", decoded(secret));
    } else if (fields.get("data") instanceof Map<?, ?> data) {
      fields.put("data", shortened(data));
    }
    return fields;
  }

  private static Map<String, String> decoded(Secret secret) {
    var all = new TreeMap<String, String>();
    secret.getData().forEach((key, value) -> all.put(key, text(value)));
    if (secret.getStringData() != null) {
      all.putAll(secret.getStringData());
    }
    all.replaceAll((key, value) -> value.startsWith("-----BEGIN") ? "(PEM)" : value);
    return all;
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Map<String, String> shortened(Map<?, ?> data) {
    var all = new TreeMap<String, String>();
    data.forEach((key, value) -> all.put((String) key, shortened((String) value)));
    return all;
  }

  /** Scripts are resources of their own, with a history of their own. */
  private static String shortened(String value) {
    return value.startsWith("#!")
        ? "(a script of %d lines)".formatted(value.lines().count())
        : value;
  }
}
