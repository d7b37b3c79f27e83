package io.generalbots.operator.external.vault;

import io.generalbots.operator.kernel.Decision;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What should be in a vault: the engine, who may read, and the entries.
 *
 * @param access the way to the vault
 * @param place where the entries lie
 * @param entries the values by path below the mount; every value is text
 * @param obsolete paths of entries that are to go
 */
public record Contents(
    Access access,
    Place place,
    SortedMap<String, SortedMap<String, String>> entries,
    List<String> obsolete)
    implements VaultStep {

  public Contents {
    entries = new TreeMap<>(entries);
    obsolete = List.copyOf(obsolete);
  }

  /**
   * Where entries lie.
   *
   * @param mount where the key-value engine is mounted
   * @param path below it, what readers may read
   */
  public record Place(String mount, String path) {

    private static final String POLICY = "generalbots-reader";
    private static final Place USUAL = new Place("secret", "gbo");

    /**
     * The policy of those who may read there: BotClusters that share a vault may share no other.
     */
    String policy() {
      return equals(USUAL) ? POLICY : "%s-%s-%s".formatted(POLICY, mount, path).replace('/', '-');
    }
  }

  @Override
  public Decision decision() {
    var removed = obsolete.isEmpty() ? "" : "; removed " + String.join(", ", obsolete);
    return Decision.normal(
        "VaultWritten", "the vault has " + String.join(", ", entries.keySet()) + removed);
  }

  /** Names only: the values are secrets. */
  @Override
  public String toString() {
    return "%s at %s".formatted(entries.keySet(), access);
  }

  static void perform(Contents step, Session session) {
    var values = new KeyValues(session, "", step.place.mount);
    values.begin();
    var policy = new JsonObject().put("policy", step.policy());
    session.tell("sys/policies/acl/" + step.place.policy(), policy);
    step.entries.forEach(values::write);
    step.obsolete.forEach(values::remove);
  }

  private String policy() {
    return "path \"%s/data/%s/*\" { capabilities = [\"read\"] }".formatted(place.mount, place.path);
  }
}
