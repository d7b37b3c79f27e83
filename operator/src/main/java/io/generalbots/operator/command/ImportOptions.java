package io.generalbots.operator.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of an import. */
final class ImportOptions {

  static final String USAGE =
      """
      Usage: java -jar quarkus-run.jar import [-h] [--name NAME] [--domain DOMAIN] [--strict] FILE

      Prints the BotCluster that a config.csv of General Bots asks for, and a ShardPolicy if it
      has shard-strategy, as YAML for kubectl. FILE may be - for the standard input.

        --name NAME      name of the BotCluster (bots)
        --domain DOMAIN  domain of its bots, which no config.csv says (bots.localhost)
        --strict         refuse a file of which anything is left out
        -h, --help       this text

      What is left out or added is told on the standard error and in comments at the end. Secrets
      are never printed: fields name the places where they lie.
      Exit codes: 0 printed, 1 refused (the lines are told), 2 wrong arguments.
      """;

  private final List<String> files = new ArrayList<>();
  private String name = "bots";
  private String domain = "bots.localhost";
  private boolean strict;
  private boolean help;

  /** Takes the arguments in; says what is wrong with them. */
  Optional<String> read(List<String> arguments) {
    var left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      var argument = left.pop();
      switch (argument) {
        case "-h", "--help" -> help = true;
        case "--strict" -> strict = true;
        case "--name", "--domain" -> {
          if (left.isEmpty()) {
            return Optional.of(argument + " needs a value");
          }
          set(argument, left.pop());
        }
        default -> files.add(argument);
      }
    }
    return complaint();
  }

  private void set(String option, String value) {
    if ("--name".equals(option)) {
      name = value;
    } else {
      domain = value;
    }
  }

  private Optional<String> complaint() {
    var unknown = files.stream().filter(f -> f.startsWith("-") && f.length() > 1).findFirst();
    if (unknown.isPresent()) {
      return Optional.of("there is no option " + unknown.get());
    }
    return files.size() == 1 ? Optional.empty() : Optional.of("one FILE is needed");
  }

  boolean asksForHelp() {
    return help;
  }

  boolean isStrict() {
    return strict;
  }

  String file() {
    return files.get(0);
  }

  String name() {
    return name;
  }

  String domain() {
    return domain;
  }
}
