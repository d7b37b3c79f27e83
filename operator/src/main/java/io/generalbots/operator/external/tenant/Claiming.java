package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.drive.Drive;
import java.util.Set;

/**
 * What is done so that buckets are a Tenant's.
 *
 * @param step what is wanted
 * @param drive the object store
 * @param marks which say whose a bucket is
 * @param there the buckets that there are
 */
record Claiming(ClaimBuckets step, Drive drive, Marks marks, Set<String> there) {

  /** An heir gets all that the former Tenant had, also what it does not ask for. */
  void inherit() {
    step.former()
        .ifPresent(
            former -> marks.heldBy(former).forEach(bucket -> marks.put(bucket, step.holder())));
  }

  /** Whether a bucket is there now and the Tenant's; false if it is somebody else's. */
  boolean claim(String bucket) {
    var isOurs = isOurs(bucket);
    if (isOurs && step.encrypted()) {
      drive.encrypt(bucket);
    }
    return isOurs;
  }

  private boolean isOurs(String bucket) {
    var holder = marks.holder(bucket);
    if (holder.isPresent()) {
      return holder.get().equals(step.holder()) && isThere(bucket);
    } else if (there.contains(bucket)) {
      return step.adopt() && take(bucket);
    }
    return make(bucket);
  }

  private boolean isThere(String bucket) {
    return there.contains(bucket) || drive.make(bucket) || drive.buckets().contains(bucket);
  }

  private boolean take(String bucket) {
    marks.put(bucket, step.holder());
    return true;
  }

  /** The mark comes first: who is interrupted knows again whose the bucket is. */
  private boolean make(String bucket) {
    marks.put(bucket, step.holder());
    if (drive.make(bucket)) {
      return true;
    }
    // Somebody made it since it was looked for.
    marks.remove(bucket);
    return false;
  }
}
