package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks a record beside its schema and adds what the generator cannot express. */
final class SchemaFinish {

  /** A size: a positive whole or decimal number with a binary or decimal suffix. */
  static final String SIZE =
      "^([1-9][0-9]{0,15}(\\.[0-9]{1,6})?|0\\.[0-9]{1,6})([KMGTPE]i|[kMGTPE])?$";

  private static final long SIZE_LENGTH = 32;

  private SchemaFinish() {}

  static void record(Class<?> type, JSONSchemaProps schema) {
    if (!type.isRecord()) {
      EmbeddedTypes.finish(type, schema);
      return;
    }
    for (var component : type.getRecordComponents()) {
      var field = field(type, component.getName());
      var name = jsonName(field);
      property(field, child(schema, name));
    }
  }

  private static void property(Field field, JSONSchemaProps schema) {
    value(field.getAnnotatedType(), schema);
    if (field.isAnnotationPresent(Timestamp.class)) {
      schema.setFormat("date-time");
    }
    var nested = field.getAnnotation(NestedDefault.class);
    if (nested != null) {
      child(schema, nested.field()).setDefault(TextNode.valueOf(nested.value()));
    }
    if (field.getType() == List.class) {
      listType(field, schema);
    }
  }

  private static void value(AnnotatedType annotated, JSONSchemaProps schema) {
    var type = annotated.getType();
    if (type == Quantity.class) {
      schema.setPattern(SIZE);
      schema.setMaxLength(SIZE_LENGTH);
    } else if (type instanceof ParameterizedType) {
      contents((AnnotatedParameterizedType) annotated, schema);
    } else if (schema.getType().equals("object")) {
      record((Class<?>) type, schema);
    }
  }

  private static void contents(AnnotatedParameterizedType annotated, JSONSchemaProps schema) {
    var arguments = annotated.getAnnotatedActualTypeArguments();
    var element = arguments[arguments.length - 1];
    var contents =
        raw(annotated.getType()) == Map.class
            ? schema.getAdditionalProperties().getSchema()
            : schema.getItems().getSchema();
    bounds(element, contents);
    value(element, contents);
  }

  /** Bounds of list items and map values: the generator does not look into composed annotations. */
  private static void bounds(AnnotatedType element, JSONSchemaProps schema) {
    for (Annotation annotation : element.getAnnotations()) {
      var composed = annotation.annotationType();
      var size = composed.getAnnotation(Size.class);
      if (size != null) {
        schema.setMinLength(size.min() > 0 ? size.min() : null);
        schema.setMaxLength(size.max());
      }
      var pattern = composed.getAnnotation(Pattern.class);
      if (pattern != null) {
        schema.setPattern(pattern.value());
      }
    }
  }

  private static void listType(Field field, JSONSchemaProps schema) {
    var keys = field.getAnnotation(ListMap.class);
    if (keys != null) {
      schema.setXKubernetesListType("map");
      schema.setXKubernetesListMapKeys(Arrays.asList(keys.value()));
      require(schema.getItems().getSchema(), keys.value());
    } else {
      schema.setXKubernetesListType(field.isAnnotationPresent(ListSet.class) ? "set" : "atomic");
    }
  }

  static JSONSchemaProps child(JSONSchemaProps schema, String name) {
    return Objects.requireNonNull(schema.getProperties().get(name), name);
  }

  static void require(JSONSchemaProps schema, String... names) {
    var required = new ArrayList<>(schema.getRequired());
    Arrays.stream(names).filter(name -> !required.contains(name)).forEach(required::add);
    required.sort(null);
    schema.setRequired(required);
  }

  private static String jsonName(Field field) {
    @Nullable JsonProperty renamed = field.getAnnotation(JsonProperty.class);
    return renamed == null || renamed.value().isEmpty() ? field.getName() : renamed.value();
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) ((ParameterizedType) type).getRawType();
  }

  private static Field field(Class<?> type, String name) {
    try {
      return type.getDeclaredField(name);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("a record has a field for each component", e);
    }
  }
}
