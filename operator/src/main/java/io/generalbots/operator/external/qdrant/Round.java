package io.generalbots.operator.external.qdrant;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.Unfinished;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One look, and what is asked for after it.
 *
 * @param survey where to look
 * @param wish what Qdrant should be
 */
record Round(Survey survey, Tending wish) {

  private static final int TOLD = 3;

  /** Comes back only when nothing is left to be done; whatever else is the case, it says so. */
  void go() {
    try {
      var verdict = new Care(survey.look(), wish).verdict();
      verdict.actions().forEach(survey.first()::ask);
      if (!verdict.isDone()) {
        throw new Unfinished(told(verdict));
      }
    } catch (Refusal | StepFailure e) {
      throw new Unfinished("Qdrant is asked again soon: " + e.getMessage());
    }
  }

  private static String told(Verdict verdict) {
    var all =
        Stream.concat(verdict.waiting().stream(), verdict.actions().stream().map(Round::told))
            .toList();
    var first = all.stream().limit(TOLD).collect(Collectors.joining("; "));
    return all.size() > TOLD ? "%s; and %d more".formatted(first, all.size() - TOLD) : first;
  }

  private static String told(Action action) {
    if (action instanceof Action.Move move) {
      return "moving shard %d of %s".formatted(move.shard(), move.collection());
    } else if (action instanceof Action.Replicate more) {
      return "copying shard %d of %s".formatted(more.shard(), more.collection());
    } else if (action instanceof Action.Drop drop) {
      return "dropping a copy of shard %d of %s".formatted(drop.shard(), drop.collection());
    } else if (action instanceof Action.Raise raise) {
      return "%s gets %d copies".formatted(raise.collection(), raise.copies());
    } else if (action instanceof Action.Index index) {
      return "indexing %s of %s".formatted(index.field(), index.collection());
    }
    return "taking peer %d out of the cluster".formatted(((Action.Remove) action).peer());
  }
}
