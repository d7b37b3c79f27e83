package io.generalbots.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.operator.kernel.Objects;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an API server does with objects, as far as a plan can tell: identities, generations, and
 * that an apply takes back what it no longer says and leaves alone what others said. Objects in
 * here are never changed, only replaced.
 */
final class Store {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();
  private static final List<String> SHARED =
      List.of("/metadata/labels", "/metadata/annotations", "/data");
  private static final String AMENDED = "amended ";
  private static final List<String> KEPT = List.of("uid", "generation", "deletionTimestamp");

  private final SortedMap<String, HasMetadata> objects = new TreeMap<>();
  private final Map<String, ObjectNode> applied = new HashMap<>();

  /** What came of the last apply, to know at once that the same would change nothing. */
  private final Map<String, HasMetadata> results = new HashMap<>();

  private long version;

  /** Another store with the same in it. */
  Store copy() {
    var copy = new Store();
    copy.objects.putAll(objects);
    copy.applied.putAll(applied);
    copy.results.putAll(results);
    copy.version = version;
    return copy;
  }

  /** Rises with every change. */
  long version() {
    return version;
  }

  List<HasMetadata> all() {
    return List.copyOf(objects.values());
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
    return all(kind).stream().filter(o -> name.equals(o.getMetadata().getName())).findFirst();
  }

  boolean has(HasMetadata object) {
    return objects.containsKey(Objects.ref(object));
  }

  /** Server-side apply of a whole object by the operator. */
  void apply(HasMetadata wished) {
    var ref = Objects.ref(wished);
    var next = tree(wished);
    if (isSettled(ref, ref, next)) {
      return;
    }
    var former = applied.put(ref, next.deepCopy());
    live(wished).ifPresent(live -> keep(next, tree(live), former == null ? next : former));
    save(next, wished);
    results.put(ref, objects.get(ref));
  }

  private boolean isSettled(String key, String ref, ObjectNode said) {
    return said.equals(applied.get(key))
        && results.containsKey(key)
        && results.get(key) == objects.get(ref);
  }

  /** Server-side apply of some fields by the operator; nothing if the object is another by now. */
  void amend(HasMetadata wished) {
    var live = live(wished).filter(o -> uid(o).equals(uid(wished)));
    var ref = Objects.ref(wished);
    var key = AMENDED + ref;
    var said = tree(wished);
    if (live.isPresent() && !isSettled(key, ref, said)) {
      var former = applied.put(key, said.deepCopy());
      var next = tree(live.get());
      SHARED.forEach(path -> takeBack(next.at(path), former, path));
      merge(next, said);
      save(next, wished);
      results.put(key, objects.get(ref));
    }
  }

  /** An edit by anybody. */
  void put(HasMetadata object) {
    if (!object.equals(objects.get(Objects.ref(object)))) {
      save(tree(object), object);
    }
  }

  void remove(HasMetadata object) {
    if (objects.remove(Objects.ref(object)) != null) {
      applied.remove(Objects.ref(object));
      applied.remove(AMENDED + Objects.ref(object));
      version++;
    }
  }

  private Optional<HasMetadata> live(HasMetadata object) {
    return Optional.ofNullable(objects.get(Objects.ref(object)));
  }

  private static void keep(ObjectNode next, ObjectNode live, ObjectNode former) {
    next.set("status", live.get("status"));
    KEPT.forEach(field -> copy(next.withObject("/metadata"), live.withObject("/metadata"), field));
    for (var path : SHARED) {
      var others = live.at(path).deepCopy();
      takeBack(others, former, path);
      if (others instanceof ObjectNode theirs && !theirs.isEmpty()) {
        merge(theirs, next.at(path));
        parent(next, path).set(path.substring(path.lastIndexOf('/') + 1), theirs);
      }
    }
    if (next.at("/spec/ports").isArray() && next.at("/spec/selector").isMissingNode()) {
      copy(next.withObject("/spec"), live.withObject("/spec"), "selector");
    }
  }

  private static ObjectNode parent(ObjectNode root, String path) {
    return path.startsWith("/metadata") ? root.withObject("/metadata") : root;
  }

  private static void copy(ObjectNode to, ObjectNode from, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    }
  }

  private static void takeBack(JsonNode values, JsonNode former, String path) {
    if (values instanceof ObjectNode all && former != null) {
      former.at(path).fieldNames().forEachRemaining(all::remove);
    }
  }

  private static void merge(ObjectNode into, JsonNode from) {
    from.properties()
        .forEach(
            field -> {
              if (into.get(field.getKey()) instanceof ObjectNode inner
                  && field.getValue().isObject()) {
                merge(inner, field.getValue());
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }

  private void save(ObjectNode next, HasMetadata like) {
    encode(next);
    var live = live(like).map(Store::tree);
    var metadata = next.withObject("/metadata");
    metadata.remove("resourceVersion");
    var before = live.map(ObjectNode::deepCopy).orElse(null);
    if (before != null) {
      before.withObject("/metadata").remove("resourceVersion");
    }
    var normal = tree(object(next, like));
    if (normal.equals(before)) {
      return;
    }
    version++;
    metadata = normal.withObject("/metadata");
    metadata.put("resourceVersion", Long.toString(version));
    if (before == null) {
      metadata.put("uid", "u-" + version).put("generation", 1);
    } else if (!normal.path("spec").equals(before.path("spec"))) {
      metadata.put("generation", before.at("/metadata/generation").asLong() + 1);
    }
    objects.put(Objects.ref(like), object(normal, like));
  }

  private static void encode(ObjectNode secret) {
    if (secret.remove("stringData") instanceof ObjectNode texts) {
      texts
          .properties()
          .forEach(
              f ->
                  secret
                      .withObject("/data")
                      .put(
                          f.getKey(),
                          Base64.getEncoder()
                              .encodeToString(
                                  f.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static String uid(HasMetadata object) {
    return String.valueOf(object.getMetadata().getUid());
  }

  private static ObjectNode tree(HasMetadata object) {
    return JSON.convertValue(object, ObjectNode.class);
  }

  private static HasMetadata object(ObjectNode tree, HasMetadata like) {
    return JSON.convertValue(tree, like.getClass());
  }
}
