package io.generalbots.edge.table;

import io.generalbots.edge.route.Policy;
import io.generalbots.edge.route.Tables;
import io.generalbots.edge.watch.Lines;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The tables that count now. Whoever decides takes all of them at once, and never sees half a
 * change. A document that is refused changes nothing: the former one of its policy stays.
 */
public final class Board implements Consumer<Map<String, String>> {

  private static final Logger LOG = Logger.getLogger(Board.class);

  private volatile State state = State.EMPTY;

  /** Everything at a moment. */
  private record State(
      Tables tables, Map<String, Entry> entries, Set<String> refused, boolean isFilled) {
    static final State EMPTY = new State(Tables.NONE, Map.of(), Set.of(), false);
  }

  /** The last document that was good, and what it says. */
  private record Entry(String text, Policy policy) {}

  /** The tables. */
  public Tables tables() {
    return state.tables();
  }

  /** Whether there ever were any, be it none at all. */
  public boolean isFilled() {
    return state.isFilled();
  }

  /** Names of documents that are refused now. */
  public Set<String> refused() {
    return state.refused();
  }

  /** The documents that count, by name, to be kept. */
  public Map<String, String> documents() {
    var texts = new TreeMap<String, String>();
    state.entries().forEach((name, entry) -> texts.put(name, entry.text()));
    return texts;
  }

  @Override
  public synchronized void accept(Map<String, String> documents) {
    var before = state;
    var entries = new HashMap<String, Entry>();
    var refused = new TreeSet<String>();
    documents.forEach(
        (name, text) -> {
          var former = Optional.ofNullable(before.entries().get(name));
          former
              .filter(entry -> entry.text().equals(text))
              .or(() -> read(name, text, refused))
              .or(() -> former)
              .ifPresent(entry -> entries.put(name, entry));
        });
    var tables = Tables.of(entries.values().stream().map(Entry::policy).toList());
    state = new State(tables, Map.copyOf(entries), Set.copyOf(refused), true);
  }

  private Optional<Entry> read(String name, String text, Set<String> refused) {
    try {
      var entry = new Entry(text, Documents.read(name, text));
      LOG.infof("%s: a new table", name);
      return Optional.of(entry);
    } catch (RuntimeException e) {
      // Whatever it is, it is of this document alone, and keeps no other from being served.
      refused.add(name);
      LOG.errorf("%s is refused: %s", name, Lines.oneLine(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }
}
