package io.generalbots.operator.tenant.limits;

import io.generalbots.operator.residents.Restraint;
import io.generalbots.operator.tenant.credentials.Store;
import java.util.Optional;

/**
 * What a Tenant has of a store, and may have.
 *
 * @param store which one
 * @param limit the bytes that it may have, or the points in collections
 * @param used what it has of these; empty if nobody could tell
 * @param former what it could not do so far
 */
public record Share(Store store, long limit, Optional<Long> used, Restraint former) {

  /** Who went over the limit has to come as far below it, or it would go to and fro. */
  private static final double RELEASE = 0.9;

  /** A session that wants to can write on in a database that is read-only: up to here. */
  private static final double LAST = 1.25;

  private static final long LEAST_BEYOND = 64L << 20;

  /** What it cannot do from now on; the same as before where nobody could tell. */
  public Restraint restraint() {
    return used.map(this::restraint).orElse(former);
  }

  private Restraint restraint(long bytes) {
    if (store == Store.DATABASE && bytes > last()) {
      return Restraint.CLOSED;
    }
    var mark = former == Restraint.NONE ? limit : release();
    return bytes > mark ? Restraint.READ_ONLY : Restraint.NONE;
  }

  /** How much of which limit is used, and what comes of it. */
  String words() {
    return "%s: %s of %s, %s".formatted(store.component(), has(), text(limit), consequence());
  }

  private String has() {
    return used.map(this::text).orElse("more than its part");
  }

  private String consequence() {
    var field = "spec.limits." + field();
    return switch (restraint()) {
      case NONE -> "within its limit";
      case READ_ONLY ->
          "nothing can be added until it has no more than %s: remove some, or raise %s"
              .formatted(text(release()), field);
      case CLOSED ->
          "closed, as it went on beyond %s: raise %s to get in and remove some"
              .formatted(text(last()), field);
    };
  }

  /** Whether it is measured in bytes. */
  boolean isSize() {
    return store != Store.VECTORS;
  }

  private String text(long amount) {
    return isSize() ? Bytes.text(amount) : "%d points".formatted(amount);
  }

  private String field() {
    return switch (store) {
      case DATABASE -> "databaseSize";
      case CACHE -> "cacheMemory";
      case DRIVE -> "bucketSize";
      case VECTORS -> "vectors";
      case ROOMS, VAULT -> throw new IllegalStateException(store + " has no limit");
    };
  }

  private long release() {
    return (long) (limit * RELEASE);
  }

  private long last() {
    return Math.max((long) (limit * LAST), limit + LEAST_BEYOND);
  }
}
