package io.generalbots.operator.cluster.vault;

/** Names, ports and keys of the vault's objects, each spelled once. */
final class Names {

  static final String COMPONENT = "vault";
  static final String HEADLESS = "headless";
  static final String SERVER_CERTIFICATE = "server";
  static final String DATA = "data";

  /** The Secret with the key that opens the data. */
  static final String UNSEAL = "unseal";

  /** The Secret with the operator's own login. */
  static final String OPERATOR = "operator";

  /** The Secret with the key that applications sign with. */
  static final String KEYS = "keys";

  /** The Secret with the tokens of readers. */
  static final String TOKENS = "tokens";

  /** The Secret that says what the vault has. */
  static final String PROGRESS = "progress";

  /** Who reads; also the end of the name of the Secret that is published for it. */
  static final String BOT_SERVER = "botserver";

  static final int PORT = 8200;
  static final int PEER_PORT = 8201;

  /** The user as whom the operator signs in; the first server makes it. */
  static final String USER = "generalbots-operator";

  static final String USERNAME = "username";
  static final String PASSWORD = "password";
  static final String AUTHORITY = "ca.crt";

  private Names() {}
}
