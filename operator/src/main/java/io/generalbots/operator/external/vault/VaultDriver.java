package io.generalbots.operator.external.vault;

import io.generalbots.operator.external.Doorway;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Does the steps of one type, in a session of its own.
 *
 * @param vertx what calls go through
 * @param type the type of step
 * @param work what is done in the session
 */
public record VaultDriver<S extends VaultStep>(
    Vertx vertx, Class<S> type, BiConsumer<S, Session> work) implements StepDriver<S> {

  /** One for every type of step. */
  public static List<StepDriver<?>> all(Vertx vertx, Doorway doorway) {
    return List.of(
        new VaultDriver<>(vertx, FirstSignIn.class, FirstSignIn::perform),
        new VaultDriver<>(vertx, ReaderToken.class, ReaderToken::perform),
        new VaultDriver<>(vertx, Contents.class, Contents::perform),
        doorway.before(
            new Patient<>(new VaultDriver<>(vertx, OpenVault.class, OpenVault::perform))),
        doorway.before(
            new Patient<>(new VaultDriver<>(vertx, CloseVault.class, CloseVault::perform))));
  }

  @Override
  public void perform(S step, String namespace) {
    try (var session = Session.open(vertx, step.access())) {
      work.accept(step, session);
    }
  }
}
