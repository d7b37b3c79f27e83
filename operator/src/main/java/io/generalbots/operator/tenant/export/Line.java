package io.generalbots.operator.tenant.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.api.v1alpha1.tenant.ExportState;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An export that came to an end, as a line of JSON. Both the line and what a pod says are in the
 * hands of whoever may write in the Tenant's namespace, and read with care.
 */
final class Line {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PLACE = Pattern.compile("[a-z0-9][-a-z0-9./]{0,251}");
  private static final Pattern TIME = Pattern.compile("[-0-9:.TZ+]{1,40}");
  private static final int LONGEST = 1_000;

  private Line() {}

  static String of(ExportStatus export) {
    try {
      return MAPPER.writeValueAsString(export);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an export cannot be written down", e);
    }
  }

  static Optional<ExportStatus> read(String line) {
    try {
      var said = MAPPER.readValue(line, ExportStatus.class);
      return Optional.ofNullable(said).filter(Line::isSound);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** What the definition would not let into the status would keep all else out of it, too. */
  private static boolean isSound(ExportStatus export) {
    return export.name() != null
        && export.state() != null
        && Exports.NAME.matcher(export.name()).matches()
        && matches(PLACE, export.bucket())
        && matches(PLACE, export.key())
        && matches(SHA_256, export.sha256())
        && matches(TIME, export.startedAt())
        && matches(TIME, export.completedAt())
        && Optional.ofNullable(export.bytes()).orElse(0L) >= 0
        && Optional.ofNullable(export.message()).orElse("").length() <= 2 * LONGEST;
  }

  private static boolean matches(Pattern pattern, @Nullable String text) {
    return text == null || pattern.matcher(text).matches();
  }

  /** One whose pod said where it is. */
  static ExportStatus complete(ExportStatus begun, String at, String words) {
    var said = tree(words);
    return new ExportStatus(
        begun.name(),
        ExportState.COMPLETE,
        text(said, "bucket", PLACE),
        text(said, "key", PLACE),
        said.path("bytes").isIntegralNumber() ? said.path("bytes").asLong() : null,
        text(said, "sha256", SHA_256),
        begun.startedAt(),
        at,
        null);
  }

  static ExportStatus failed(ExportStatus begun, String at, String words) {
    var told = words.isBlank() ? "its pod said nothing" : words;
    return new ExportStatus(
        begun.name(),
        ExportState.FAILED,
        null,
        null,
        null,
        null,
        begun.startedAt(),
        at,
        told.substring(0, Math.min(told.length(), LONGEST))
            + "; another name asks for another try");
  }

  private static @Nullable String text(JsonNode said, String field, Pattern pattern) {
    return Optional.ofNullable(said.path(field).textValue())
        .filter(text -> pattern.matcher(text).matches())
        .orElse(null);
  }

  private static JsonNode tree(String words) {
    try {
      return Optional.ofNullable(MAPPER.readTree(words)).orElseGet(MAPPER::createObjectNode);
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }
}
