package io.generalbots.edge.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.edge.route.Policy;
import io.generalbots.sharding.published.Publication;
import java.util.Optional;

/** Reads documents. */
final class Documents {

  /** A policy of 256 shards and thousands of tenants is far below it. */
  private static final int LONGEST = 4 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Documents() {}

  /**
   * The policy of a document.
   *
   * @param name of the ConfigMap, which says whose it is: who may write one may not write another's
   * @throws IllegalArgumentException with the reason, if it is refused
   */
  static Policy read(String name, String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
    }
    var publication = parsed(text);
    if (!Publication.configMap(publication.policy()).equals(name)) {
      throw new IllegalArgumentException("it is of policy " + publication.policy());
    }
    return Policy.of(publication);
  }

  /** The version first: fields of another one may mean something else. */
  private static Publication parsed(String text) {
    try {
      var tree = JSON.readTree(text);
      var version = tree.path("version").asInt(0);
      if (version != Publication.VERSION) {
        throw new IllegalArgumentException(
            "only version %d is known here, not %d".formatted(Publication.VERSION, version));
      }
      return publication(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no JSON of a policy: " + reason(e), e);
    }
  }

  private static Publication publication(JsonNode tree) throws JsonProcessingException {
    return JSON.treeToValue(tree, Publication.class);
  }

  /** Our own words, where they are the cause; Jackson's name classes. */
  private static String reason(JsonProcessingException e) {
    return Optional.<Throwable>ofNullable(e.getCause())
        .filter(IllegalArgumentException.class::isInstance)
        .map(Throwable::getMessage)
        .orElseGet(e::getOriginalMessage);
  }
}
