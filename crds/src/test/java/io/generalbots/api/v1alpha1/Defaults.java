package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * Writes out the default of every object: the API server checks a default against the rules of its
 * object before it fills in the defaults of the fields inside, so an empty one would be refused.
 */
final class Defaults {

  private Defaults() {}

  static void expand(JSONSchemaProps schema) {
    if (schema.getProperties() == null) {
      return;
    }
    schema.getProperties().values().forEach(Defaults::expand);
    if (schema.getDefault() instanceof ObjectNode given && given.isEmpty()) {
      schema.setDefault(ofFields(schema));
    }
  }

  private static ObjectNode ofFields(JSONSchemaProps schema) {
    var defaults = JsonNodeFactory.instance.objectNode();
    schema
        .getProperties()
        .forEach(
            (name, property) -> {
              if (property.getDefault() != null) {
                defaults.set(name, property.getDefault());
              }
            });
    return defaults;
  }
}
