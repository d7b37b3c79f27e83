package io.generalbots.operator.cluster.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pipeline as GStreamer gets it: a list of arguments. What its elements are, and whether they
 * fit, only GStreamer knows; what would never reach it as a pipeline is refused here.
 *
 * @param arguments each as it is, whatever is in it
 */
record Pipeline(List<String> arguments) {

  /** Where what is written goes to the object store from. */
  static final String OUTPUT = "$(OUTPUT)";

  /** The number of the worker. */
  static final String WORKER = "$(WORKER)";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\([^)]*\\)?");

  Pipeline {
    arguments = List.copyOf(arguments);
  }

  /** What the text means. */
  static Pipeline of(String text) throws Malformed {
    var control = text.chars().filter(c -> c < ' ' && "\t\n\r".indexOf(c) < 0).findFirst();
    if (control.isPresent()) {
      throw new Malformed("it has a control character: remove it");
    }
    var words = Words.of(text);
    checkLinks(words);
    for (var word : words) {
      check(word);
    }
    return new Pipeline(words.stream().map(Word::text).toList());
  }

  /** Why a text is no pipeline, if it is none. */
  static Optional<String> flaw(String text) {
    try {
      of(text);
      return Optional.empty();
    } catch (Malformed e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The arguments with these in place of the placeholders. */
  List<String> with(Map<String, String> values) {
    var all = new ArrayList<String>();
    for (var argument : arguments) {
      var filled = argument;
      for (var value : values.entrySet()) {
        filled = filled.replace(value.getKey(), value.getValue());
      }
      all.add(filled);
    }
    return all;
  }

  private static void checkLinks(List<Word> words) throws Malformed {
    if (words.isEmpty()) {
      throw new Malformed("it is empty");
    }
    var linked = true;
    for (var word : words) {
      if (word.isLink() && linked) {
        throw new Malformed("no element stands before the ! at character " + word.position());
      }
      linked = word.isLink();
    }
    if (linked) {
      throw new Malformed("no element follows the ! at its end");
    }
  }

  /** GStreamer's launcher takes options from wherever they stand: they could load any plugin. */
  private static void check(Word word) throws Malformed {
    if (word.text().startsWith("-")) {
      throw new Malformed(
          "%s at character %d is an option of gst-launch, and none may be given"
              .formatted(word.text(), word.position()));
    }
    var found = PLACEHOLDER.matcher(word.text());
    while (found.find()) {
      if (!List.of(OUTPUT, WORKER).contains(found.group())) {
        throw new Malformed(
            "nothing is known to put in place of %s: there are %s and %s"
                .formatted(found.group(), OUTPUT, WORKER));
      }
    }
  }
}
