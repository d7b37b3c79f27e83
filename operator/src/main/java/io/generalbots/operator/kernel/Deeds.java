package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was done in one component's round; routine writes are told together, decisions singly. */
final class Deeds {

  /** Kinds of routine writes; the words of the event. */
  enum Routine {
    CREATED("Created", "created "),
    UPDATED("Updated", "updated "),
    AMENDED("Amended", "amended "),
    PRUNED("Pruned", "removed ");

    private final String reason;
    private final String verb;

    Routine(String reason, String verb) {
      this.reason = reason;
      this.verb = verb;
    }

    Decision decision(List<String> objects) {
      return Decision.normal(reason, verb + String.join(", ", objects));
    }
  }

  private final Map<Routine, List<String>> routine = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();

  void did(Routine what, HasMetadata object) {
    routine.computeIfAbsent(what, w -> new ArrayList<>()).add(Objects.ref(object));
  }

  void decided(Decision decision) {
    decisions.add(decision);
  }

  /** Everything in the order in which it began. */
  List<Decision> told() {
    var writes = routine.entrySet().stream().map(e -> e.getKey().decision(e.getValue()));
    return Stream.concat(writes, decisions.stream()).toList();
  }
}
