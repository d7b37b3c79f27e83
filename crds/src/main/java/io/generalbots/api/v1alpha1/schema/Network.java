package io.generalbots.api.v1alpha1.schema;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A network such as 10.42.0.0/16; {@link Rules#NETWORK} judges it, so that a refusal has words. */
@JacksonAnnotationsInside
@Size(min = 4, max = 43)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Network {}
