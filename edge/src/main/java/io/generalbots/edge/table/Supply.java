package io.generalbots.edge.table;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the board up to date: from the copy on the disk at first, from the source as soon as that
 * answers, and from what was there last while it does not.
 */
public final class Supply implements AutoCloseable {

  private final Board board;
  private final Source source;
  private final Optional<LastKnown> copy;
  private final InstantSource clock;

  /** When the tables were known to be those that are published; empty before there were any. */
  private Optional<Instant> known = Optional.empty();

  /**
   * One that begins with {@link #start}.
   *
   * @param copy on a disk, if one is kept
   */
  public Supply(Board board, Source source, Optional<LastKnown> copy, InstantSource clock) {
    this.board = board;
    this.source = source;
    this.copy = copy;
    this.clock = clock;
  }

  /** Reads the copy and asks the source. */
  public void start() {
    copy.flatMap(LastKnown::read).ifPresent(this::restore);
    source.start(this::receive);
  }

  /**
   * How long ago the tables were known to be those that are published; zero while they are watched.
   * Empty before there were any.
   */
  public synchronized Optional<Duration> age() {
    var now = clock.instant();
    if (source.isLive() && known.isPresent()) {
      // Looked at by whoever scrapes; so that is how exact it is after a loss.
      known = Optional.of(now);
    }
    return known.map(at -> Duration.between(at, now));
  }

  @Override
  public void close() {
    source.close();
  }

  private synchronized void restore(LastKnown.Copy kept) {
    known = Optional.of(kept.at());
    board.accept(kept.documents());
  }

  private synchronized void receive(Map<String, String> documents) {
    board.accept(documents);
    known = Optional.of(clock.instant());
    copy.ifPresent(file -> file.write(board.documents()));
  }
}
