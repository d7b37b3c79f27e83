package io.generalbots.api.v1alpha1.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Default of one field of a shared type, where the type is used. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NestedDefault {
  /** Name of the field inside the annotated object. */
  String field();

  /** The value, as text. */
  String value();
}
