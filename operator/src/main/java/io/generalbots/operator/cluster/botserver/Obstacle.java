package io.generalbots.operator.cluster.botserver;

/**
 * Why no bot server may be started or changed now.
 *
 * @param reason CamelCase, for machines
 * @param message a sentence, for people
 */
public record Obstacle(String reason, String message) {}
