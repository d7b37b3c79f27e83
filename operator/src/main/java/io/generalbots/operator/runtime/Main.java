package io.generalbots.operator.runtime;

import io.generalbots.operator.command.ImportCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Where the program begins: it operates, unless it is asked for something else. */
@QuarkusMain
public final class Main {

  private Main() {}

  /** Starts the operator, or does what the first argument names without starting anything. */
  public static void main(String... arguments) {
    var all = List.of(arguments);
    if (all.isEmpty() || !ImportCommand.NAME.equals(all.get(0))) {
      Quarkus.run(arguments);
      return;
    }
    var code = new ImportCommand(System.in, System.out, System.err).run(all.subList(1, all.size()));
    System.exit(code);
  }
}
