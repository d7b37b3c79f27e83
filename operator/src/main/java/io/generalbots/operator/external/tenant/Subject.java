package io.generalbots.operator.external.tenant;

import java.util.List;

/** What is looked at and changed in a server, by one at a time. */
interface Subject {

  /** What it is, for people; nobody else locks by this text. */
  String words();

  /** The names of its roles. */
  List<String> roles();

  /** The name of a database, and of a schema of the shared one, that may be there. */
  String space();
}
