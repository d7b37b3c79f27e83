package io.generalbots.operator.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.generalbots.operator.config.Imported;
import io.generalbots.operator.config.Remark;
import java.util.stream.Collectors;

/** Manifests as kubectl reads them. */
final class Manifests {

  private static final YAMLMapper MAPPER =
      new YAMLMapper(
          YAMLFactory.builder()
              .stringQuotingChecker(new Quotes())
              .enable(Feature.MINIMIZE_QUOTES, Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
              .build());

  private Manifests() {}

  /** Quotes whatever any version of YAML could take for a number or a date. */
  private static final class Quotes extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteValue(String value) {
      return super.needToQuoteValue(value) || value.matches("[-+.\\d].*");
    }
  }

  /** The manifests, and as comments what is not in them. */
  static String yaml(Imported imported) {
    var manifests =
        imported.manifests().stream().map(Manifests::yaml).collect(Collectors.joining("---\n"));
    var remarks =
        imported.remarks().stream().map(Remark::toString).map(r -> "# " + r + "\n").toList();
    return manifests + String.join("", remarks);
  }

  private static String yaml(JsonNode manifest) {
    try {
      return MAPPER.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest that is no YAML", e);
    }
  }
}
