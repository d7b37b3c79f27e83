package io.generalbots.sharding.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step with a table. Each can be cut off at any moment, and the next look goes on from there.
 */
public sealed interface Deed {

  /** What is done, as a part of a sentence. */
  String words();

  /** Whether it looks at every row, which takes its time; nobody waits for it. */
  default boolean isLong() {
    return false;
  }

  /**
   * Builds the unique index of key and time while rows are written.
   *
   * @param columns of it
   */
  record BuildKey(List<String> columns) implements Deed {
    public BuildKey {
      columns = List.copyOf(columns);
    }

    @Override
    public String words() {
      return "builds the key that its first partition has to have";
    }

    @Override
    public boolean isLong() {
      return true;
    }
  }

  /** Removes an index that was not built to its end. */
  record DropKey() implements Deed {
    @Override
    public String words() {
      return "removes a key that was not built to its end";
    }

    @Override
    public boolean isLong() {
      return true;
    }
  }

  /** From now on no row of this time or later is taken, of which there is none yet. */
  record SetBound(Instant at) implements Deed {
    @Override
    public String words() {
      return "the rows of now are to be a partition up to " + at;
    }
  }

  /** Lets rows of any time in again: the bound has come too near. */
  record DropBound() implements Deed {
    @Override
    public String words() {
      return "chooses another end of its first partition, as that has come near";
    }
  }

  /** Looks whether the rows of before are before the bound, while rows are written. */
  record ProveBound() implements Deed {
    @Override
    public String words() {
      return "looks at the times of all its rows";
    }

    @Override
    public boolean isLong() {
      return true;
    }
  }

  /**
   * The table becomes a partition of a new one of its name, in one transaction that looks at no
   * row.
   *
   * @param former what it is called from then on
   * @param overflow what the partition of all others is called
   * @param bound the first moment that is not in it
   */
  record Divide(String former, String overflow, Instant bound) implements Deed {
    @Override
    public String words() {
      return "its rows of before %s are partition %s now".formatted(bound, former);
    }
  }

  /** Makes the partition of all others. */
  record AddOverflow(String overflow) implements Deed {
    @Override
    public String words() {
      return "adds partition %s for rows that belong to no other".formatted(overflow);
    }
  }

  /**
   * Makes a partition, with the rows that went elsewhere as there was none.
   *
   * @param partition its name
   * @param span the times of its rows
   */
  record AddPartition(String partition, Span span) implements Deed {
    @Override
    public String words() {
      return "adds partition %s from %s to %s".formatted(partition, span.from(), span.to());
    }
  }

  /**
   * Removes a partition for good.
   *
   * @param partition its name
   * @param sum of its rows when it was archived; it stays if that is another one now. Empty: it was
   *     not to be archived
   */
  record RemovePartition(String partition, Optional<String> sum) implements Deed {
    @Override
    public String words() {
      return "removes partition %s, which is %s"
          .formatted(partition, sum.isPresent() ? "in the archive" : "older than it is to be kept");
    }

    @Override
    public boolean isLong() {
      return true;
    }
  }
}
