package io.generalbots.sharding.hash;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a key is, and its canonical text: what PostgreSQL writes for {@code key::text}, so that one
 * key has one hash however a client spells it.
 */
public enum KeyType {

  /** In lower case with hyphens. */
  UUID("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") {
    @Override
    String rewritten(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  },

  /** In decimal, without a plus sign and leading zeros. */
  INTEGER("[+-]?[0-9]{1,40}") {
    @Override
    String rewritten(String text) {
      return new BigInteger(text).toString();
    }
  },

  /** As it is: nothing is trimmed, folded or normalised. */
  TEXT("(?s).*") {
    @Override
    String rewritten(String text) {
      return text;
    }
  };

  private final Pattern form;

  KeyType(String form) {
    this.form = Pattern.compile(form);
  }

  /**
   * The canonical text of a key of this type.
   *
   * @throws IllegalArgumentException if the text is no such key
   */
  public String canonical(String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the key is no " + name().toLowerCase(Locale.ROOT) + ": " + text);
    }
    return rewritten(text);
  }

  abstract String rewritten(String text);
}
