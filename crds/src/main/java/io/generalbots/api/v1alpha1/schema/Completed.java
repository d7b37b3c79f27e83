package io.generalbots.api.v1alpha1.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.generator.annotation.Default;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the defaults that an API server left out: the definition installed there may be older
 * than these records, and then it knows of newer fields neither that they exist nor what holds
 * where nothing is said.
 */
public final class Completed {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Completed() {}

  /**
   * Where a record stands.
   *
   * @param defaults of its fields that hold just here
   * @param isNew whether nobody wrote it: an empty list of one that somebody wrote may be meant
   */
  private record Place(Map<String, String> defaults, boolean isNew) {

    static final Place WRITTEN = new Place(Map.of(), false);
  }

  /** The same with every default, also inside of what is there. */
  public static <R extends Record> R of(Class<R> type, R record) {
    return type.cast(completed(record, Place.WRITTEN));
  }

  private static Record completed(Record record, Place place) {
    var components = record.getClass().getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var values = new Object[components.length];
      for (var i = 0; i < values.length; i++) {
        values[i] = value(record, components[i], place);
      }
      return record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no record of the API: " + record.getClass(), e);
    }
  }

  private static @Nullable Object value(Record record, RecordComponent component, Place place)
      throws ReflectiveOperationException {
    var field = record.getClass().getDeclaredField(component.getName());
    var value = component.getAccessor().invoke(record);
    var isSaid = value != null && !(place.isNew() && List.of().equals(value));
    return isSaid
        ? completed(value, new Place(nested(field), place.isNew()))
        : fallback(field, place)
            .map(v -> completed(v, new Place(nested(field), true)))
            .orElse(value);
  }

  private static Object completed(Object value, Place place) {
    if (value instanceof Record record) {
      return completed(record, place);
    }
    return value instanceof List<?> list
        ? list.stream().<Object>map(item -> completed(item, Place.WRITTEN)).toList()
        : value;
  }

  private static Optional<Object> fallback(Field field, Place place) {
    return Optional.ofNullable(field.getAnnotation(Default.class))
        .map(Default::value)
        .or(() -> Optional.ofNullable(place.defaults().get(field.getName())))
        .map(text -> MAPPER.convertValue(tree(text), MAPPER.constructType(field.getGenericType())));
  }

  private static Map<String, String> nested(Field field) {
    var nested = field.getAnnotation(NestedDefault.class);
    return nested == null ? Map.of() : Map.of(nested.field(), nested.value());
  }

  /** As the annotation has it: objects and lists as JSON, all else as text. */
  private static JsonNode tree(String text) {
    try {
      return text.startsWith("{") || text.startsWith("[")
          ? MAPPER.readTree(text)
          : TextNode.valueOf(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no default: " + text, e);
    }
  }
}
