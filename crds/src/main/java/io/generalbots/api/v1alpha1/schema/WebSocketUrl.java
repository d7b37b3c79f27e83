package io.generalbots.api.v1alpha1.schema;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An absolute ws or wss URL. */
@JacksonAnnotationsInside
@Size(min = 6, max = 1024)
@Pattern("^wss?://[A-Za-z0-9.\\[\\]:_-]+(/[A-Za-z0-9._~/-]*)?$")
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface WebSocketUrl {}
