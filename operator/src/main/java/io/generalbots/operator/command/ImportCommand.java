package io.generalbots.operator.command;

import io.generalbots.operator.config.Import;
import io.generalbots.operator.config.Imported;
import io.generalbots.operator.config.Order;
import io.generalbots.operator.config.Remark;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints the manifests that a config.csv asks for. */
public final class ImportCommand {

  /** The first argument that asks for it. */
  public static final String NAME = "import";

  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int MISUSED = 2;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  /** Reads {@code -} from the first of these, prints manifests to the second and the rest last. */
  public ImportCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Does what the arguments behind the first say, and tells the exit code. */
  public int run(List<String> arguments) {
    var options = new ImportOptions();
    var complaint = options.read(arguments);
    if (options.asksForHelp()) {
      out.print(ImportOptions.USAGE);
      return DONE;
    } else if (complaint.isPresent()) {
      err.println("error: " + complaint.get() + "; -h shows how");
      return MISUSED;
    }
    return text(options.file()).map(text -> print(text, options)).orElse(REFUSED);
  }

  private int print(String text, ImportOptions options) {
    var imported = Import.of(text, new Order(options.name(), options.domain()));
    imported.remarks().forEach(err::println);
    if (imported.isRefused() || (options.isStrict() && warns(imported))) {
      return REFUSED;
    }
    out.print(Manifests.yaml(imported));
    return DONE;
  }

  private static boolean warns(Imported imported) {
    return imported.remarks().stream().anyMatch(r -> r.weight() == Remark.Weight.WARNING);
  }

  private Optional<String> text(String file) {
    try {
      var bytes = "-".equals(file) ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      err.println("error: " + file + " is not UTF-8");
    } catch (IOException e) {
      err.println("error: " + file + " cannot be read: " + e.getClass().getSimpleName());
    }
    return Optional.empty();
  }
}
