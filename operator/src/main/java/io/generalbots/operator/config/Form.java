package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.generalbots.operator.schema.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How a value is spelled in a config.csv. Nothing in here ever repeats a value to anybody. */
public sealed interface Form {

  /** The value as the field has it; nothing if it is spelled in another way. */
  default Optional<JsonNode> read(String text, Schema field) {
    return Optional.of(TextNode.valueOf(text));
  }

  /** The value of a field as a config.csv has it. */
  default String write(JsonNode value) {
    return value.asText();
  }

  /** What may be written, as the end of a sentence that begins with "write". */
  String allowed();

  /** On or off. */
  record Flag() implements Form {
    @Override
    public Optional<JsonNode> read(String text, Schema field) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(BooleanNode.TRUE);
        case "false" -> Optional.of(BooleanNode.FALSE);
        default -> Optional.empty();
      };
    }

    @Override
    public String allowed() {
      return "true or false";
    }
  }

  /** A whole number. */
  record Count() implements Form {
    @Override
    public Optional<JsonNode> read(String text, Schema field) {
      return text.matches("\\d{1,9}")
          ? Optional.of(IntNode.valueOf(Integer.parseInt(text)))
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return "a whole number";
    }
  }

  /** As it is, within what the field takes. */
  record Text() implements Form {
    @Override
    public String allowed() {
      return "a text";
    }
  }

  /**
   * Where a service is.
   *
   * @param instead what holds if it is on the machine itself, which in a pod is the pod
   */
  record Address(String instead) implements Form {
    @Override
    public String allowed() {
      return "an address";
    }

    /** Whether it leads to the machine that reads it. */
    static boolean isLocal(String text) {
      return text.matches("(?i)(\\w+://)?(localhost|127\\.[0-9.]+|\\[::1]|0\\.0\\.0\\.0)([:/].*)?");
    }
  }

  /**
   * Where a secret lies; the secret itself is replaced by the place where it should lie.
   *
   * @param place the usual one, {@code vault:<path>/<key>}
   */
  record Reference(String place) implements Form {
    @Override
    public Optional<JsonNode> read(String text, Schema field) {
      return Optional.of(TextNode.valueOf(isReference(text) ? text : place));
    }

    @Override
    public String allowed() {
      return "vault:<path>/<key>";
    }

    static boolean isReference(String text) {
      return text.startsWith("vault:");
    }
  }

  /**
   * One of some words. The field has the same word, whatever its case and without its hyphens.
   *
   * @param words how they are spelled
   * @param aliases other spellings, and the word of the field that they stand for
   */
  record Choice(List<String> words, Map<String, String> aliases) implements Form {
    @Override
    public Optional<JsonNode> read(String text, Schema field) {
      var word = bare(aliases.getOrDefault(text.toLowerCase(Locale.ROOT), text));
      var spelled = words.stream().anyMatch(w -> bare(w).equals(word));
      return StreamSupport.stream(field.node().path("enum").spliterator(), false)
          .filter(value -> spelled && bare(value.asText()).equals(word))
          .findFirst();
    }

    @Override
    public String write(JsonNode value) {
      return words.stream()
          .filter(word -> bare(word).equals(bare(value.asText())))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no word for " + value));
    }

    @Override
    public String allowed() {
      return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }

    private static String bare(String word) {
      return word.replace("-", "").toLowerCase(Locale.ROOT);
    }
  }

  /** Several, with commas between them. */
  record Several(Form form) implements Form {
    @Override
    public Optional<JsonNode> read(String text, Schema field) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      for (var word : Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList()) {
        var one = form.read(word, field.items());
        if (one.isEmpty()) {
          return Optional.empty();
        }
        all.add(one.get());
      }
      return Optional.of(all);
    }

    @Override
    public String write(JsonNode value) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(form::write)
          .collect(Collectors.joining(","));
    }

    @Override
    public String allowed() {
      return form instanceof Choice
          ? form.allowed().replace("one of ", "any of ") + ", with commas between them"
          : "words with commas between them";
    }
  }
}
