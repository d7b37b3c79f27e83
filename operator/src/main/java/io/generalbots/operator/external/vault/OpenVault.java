package io.generalbots.operator.external.vault;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.kernel.Decision;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A Tenant's own namespace of a vault, with these entries, and open to these tokens and no other.
 *
 * @param access the way to the vault
 * @param chamber its names
 * @param logins names and tokens; none while the Tenant is closed
 * @param entries the values by name; every value is text
 * @param obsolete names of entries that are to go
 * @param adopt whether a namespace of this name that nobody holds becomes the Tenant's
 */
public record OpenVault(
    Access access,
    Chamber chamber,
    List<Credential> logins,
    SortedMap<String, SortedMap<String, String>> entries,
    List<String> obsolete,
    boolean adopt)
    implements VaultStep, ServerStep {

  /** Bot servers know of no other place. */
  public static final Contents.Place PLACE = new Contents.Place("secret", "gbo");

  public OpenVault {
    logins = List.copyOf(logins);
    entries = new TreeMap<>(entries);
    obsolete = List.copyOf(obsolete);
  }

  @Override
  public String server() {
    return "the vault at " + access.address();
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "VaultOpened",
        logins.isEmpty()
            ? "namespace %s of the vault is closed to everybody".formatted(chamber.name())
            : "namespace %s of the vault is open to its logins".formatted(chamber.name()));
  }

  /** Names only: the values are secrets. */
  @Override
  public String toString() {
    return "%s with %s for %s at %s".formatted(chamber, entries.keySet(), logins, access);
  }

  /** Who may no longer read is shut out first; who may from now on finds all there. */
  static void perform(OpenVault step, Session session) {
    step.hold(session);
    step.chamber.shut(session, step.policies());
    var values = new KeyValues(session, step.chamber.within(), PLACE.mount());
    values.begin();
    step.entries.forEach((name, entry) -> values.write(PLACE.path() + "/" + name, entry));
    values.below(PLACE.path()).stream()
        .filter(step.obsolete::contains)
        .forEach(name -> values.remove(PLACE.path() + "/" + name));
    step.logins.forEach(login -> step.admit(session, login));
  }

  private void hold(Session session) {
    var found = chamber.found(session);
    found.ifPresent(namespace -> chamber.claim(namespace, adopt));
    if (found.filter(namespace -> chamber.isMarked(namespace, false)).isEmpty()) {
      chamber.mark(session, false);
    }
  }

  private void admit(Session session, Credential login) {
    chamber.admit(session, login.password(), PLACE.mount() + "/data/" + PLACE.path());
    var policy = chamber.policy(login.password());
    ReaderToken.extend(session, login.password(), login.name(), policy);
  }

  private Set<String> policies() {
    return logins.stream()
        .map(login -> chamber.policy(login.password()))
        .collect(Collectors.toSet());
  }
}
