package io.generalbots.operator.residents;

import java.util.regex.Pattern;

/**
 * A name and what proves it.
 *
 * @param name of the user, or the access key
 * @param secret the password or secret key; of the cache and of collections its SHA-256 in
 *     hexadecimal, which is all that anybody there wants to know
 */
public record Login(String name, String secret) {

  private static final Pattern NAME = Pattern.compile("t-([a-z0-9][a-z0-9.-]*)-[a-z0-9]+");

  /** Whether it is one of this tenant's: nobody takes another's place by a name. */
  public boolean isOf(String tenant) {
    var matcher = NAME.matcher(name);
    return matcher.matches() && matcher.group(1).equals(tenant);
  }

  /** The text may be logged. */
  @Override
  public String toString() {
    return "login of " + name;
  }
}
