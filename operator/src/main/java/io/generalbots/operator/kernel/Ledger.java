package io.generalbots.operator.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Remembers what was last applied and what the API server made of it, so that an object that both
 * sides left alone is not sent again. Comparing our own last answer needs no matcher, which would
 * have to know every default of every kind. Lost on restart, which costs one apply per object.
 */
final class Ledger {

  private record Entry(String wished, String live) {}

  private static final List<String> SERVER_FIELDS =
      List.of("resourceVersion", "managedFields", "generation", "creationTimestamp", "uid");

  private final KubernetesSerialization serialization;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  Ledger(KubernetesSerialization serialization) {
    this.serialization = serialization;
  }

  /** Whether applying would change nothing: the wish and the live object are as after the last. */
  boolean isSettled(HasMetadata wished, HasMetadata live) {
    var entry = entries.get(key(wished));
    return entry != null
        && entry.wished().equals(digest(wished))
        && entry.live().equals(digest(live));
  }

  /**
   * Whether what was wished of somebody else's object last is still so, whatever others have
   * changed of the rest since.
   */
  boolean isKept(HasMetadata wished, HasMetadata live) {
    var entry = entries.get(key(wished));
    return entry != null
        && entry.wished().equals(digest(wished))
        && covers(tree(live), tree(wished));
  }

  /** Whether everything of a part is in the whole; of a list, in any order. */
  private static boolean covers(JsonNode whole, JsonNode part) {
    if (part.isObject()) {
      return part.properties().stream().allMatch(e -> covers(whole.path(e.getKey()), e.getValue()));
    } else if (part.isArray()) {
      return stream(part).allMatch(p -> stream(whole).anyMatch(w -> covers(w, p)));
    }
    return whole.equals(part);
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** Notes what was applied and what came of it. */
  void record(HasMetadata wished, HasMetadata live) {
    entries.put(key(wished), new Entry(digest(wished), digest(live)));
  }

  /** Forgets an object that is gone. */
  void forget(HasMetadata object) {
    entries.remove(key(object));
  }

  private static String key(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + Objects.ref(object);
  }

  /** A digest of the parts that somebody wishes: neither status nor server book-keeping. */
  private String digest(HasMetadata object) {
    return Digest.sha256(tree(object).toString());
  }

  private ObjectNode tree(HasMetadata object) {
    var tree = serialization.convertValue(object, ObjectNode.class);
    tree.remove("status");
    if (tree.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(SERVER_FIELDS);
    }
    return tree;
  }
}
