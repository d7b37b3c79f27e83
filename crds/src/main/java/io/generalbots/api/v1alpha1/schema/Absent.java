package io.generalbots.api.v1alpha1.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a list or map reads as when the manifest leaves it out. */
public final class Absent {

  private Absent() {}

  /** The list, or an empty one. */
  public static <T> List<T> toEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** The map in its own order, or an empty one. */
  public static <V> Map<String, V> toEmpty(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
