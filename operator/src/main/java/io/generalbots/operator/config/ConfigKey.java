package io.generalbots.operator.config;

/**
 * A setting of a config.csv and the field that stands for it.
 *
 * @param name as it is spelled in the file
 * @param target the kind that has the field
 * @param path where the field is
 * @param form how its value is spelled
 */
public record ConfigKey(String name, Target target, FieldPath path, Form form) {}
