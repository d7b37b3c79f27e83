package io.generalbots.operator.config;

/**
 * What a manifest needs and no config.csv says.
 *
 * @param name of the BotCluster and of what belongs to it
 * @param domain under which its bots are found
 */
public record Order(String name, String domain) {

  /** A Secret that belongs to the BotCluster. */
  String secret(String suffix) {
    return name + "-" + suffix;
  }
}
