package io.generalbots.api.v1alpha1.schema;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A cron schedule of five fields, or a macro such as {@literal @}daily. */
@JacksonAnnotationsInside
@Size(min = 6, max = 120)
@Pattern("^(@(hourly|daily|weekly|monthly|yearly)|[0-9*/,-]+( [0-9A-Za-z*/,-]+){4})$")
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Cron {}
