package io.generalbots.operator.kernel;

import java.util.Set;

/** What a spec points to outside of its own objects. Both functions are pure. */
public interface References<P> {

  /** The names of users' Secrets in the owner's namespace. */
  Set<String> secrets(P primary);

  /** The kinds of other operators whose objects this owner wants made. */
  Set<Kind> kinds(P primary);

  /** Every kind of another operator that any owner may want. */
  Set<Kind> allKinds();
}
