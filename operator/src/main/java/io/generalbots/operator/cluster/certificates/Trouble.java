package io.generalbots.operator.cluster.certificates;

/**
 * Why there is no certificate to be had from a source.
 *
 * @param reason CamelCase, for machines
 * @param message a sentence that says what to do, for people
 */
record Trouble(String reason, String message) implements Answer {}
