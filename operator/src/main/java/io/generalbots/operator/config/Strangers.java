package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.generalbots.operator.config.ConfigFile.Line;
import io.generalbots.operator.config.Remark.Weight;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Lines that have no field: settings of bots, slips of the keyboard, and secrets in clear. */
final class Strangers {

  private static final Pattern SECRET =
      Pattern.compile("(?i)(.*[-_.])?(password|passwd|pass|secret|token|key|credentials?)");

  /** Where botserver looks for secrets of its users: the first word of a key and of a path. */
  private static final Set<String> PATHS = Set.of("alm", "directory", "email", "llm", "meet");

  private Strangers() {}

  static void join(Draft draft, Line line) {
    var meant = Named.meant(line.key());
    if (meant.isPresent()) {
      warn(draft, line, "unknown, left out; is " + meant.get() + " meant?");
    } else if (!SECRET.matcher(line.key()).matches()) {
      warn(draft, line, "no setting of the infrastructure: it stays in its bot's config.csv");
    } else if (line.value().isEmpty() || Form.Reference.isReference(line.value())) {
      warn(draft, line, "no field for it: bot servers read it from the vault by themselves");
    } else {
      keepUnknown(draft, line);
    }
  }

  private static void keepUnknown(Draft draft, Line line) {
    var dash = line.key().indexOf('-');
    var path = dash < 0 ? "" : line.key().substring(0, dash);
    if (PATHS.contains(path)) {
      var name = line.key().substring(dash + 1).replace('-', '_');
      keepSecret(draft, line, "vault:gbo/" + path + "/" + name);
    } else {
      warn(draft, line, "a secret, left out: put it into a Secret and name that in userSecrets");
    }
  }

  /** Has the value brought into the vault from a Secret that the user makes. */
  static void keepSecret(Draft draft, Line line, String place) {
    var end = place.lastIndexOf('/');
    var path = place.substring("vault:".length(), end);
    var secret = draft.order().secret(path.substring(path.lastIndexOf('/') + 1));
    var all = draft.cluster("vault").withArrayProperty("userSecrets");
    if (StreamSupport.stream(all.spliterator(), false).noneMatch(s -> isAt(s, path))) {
      all.addObject().put("path", path).put("secretName", secret);
    }
    warn(
        draft,
        line,
        "a secret in clear, left out: put it into Secret %s under %s, from where it comes to %s"
            .formatted(secret, place.substring(end + 1), place));
  }

  private static boolean isAt(JsonNode secret, String path) {
    return path.equals(secret.path("path").asText());
  }

  private static void warn(Draft draft, Line line, String text) {
    var whole = Named.of(line.key()) + ": " + text;
    draft.say(new Remark(Weight.WARNING, line.number(), whole));
  }
}
