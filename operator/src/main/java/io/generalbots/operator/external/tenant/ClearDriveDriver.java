package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.drive.Drive;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Removes the buckets that have a Tenant's mark, and what is in them, a part at a time. */
public final class ClearDriveDriver implements StepDriver<ClearDrive> {

  /** After which the rest is for the next time. */
  private static final Duration TURN = Duration.ofSeconds(5);

  private static final String NOT_EMPTY = "BucketNotEmpty";

  private final ObjectStores stores;

  public ClearDriveDriver(KubernetesClient client) {
    this.stores = new ObjectStores(client);
  }

  @Override
  public Class<ClearDrive> type() {
    return ClearDrive.class;
  }

  @Override
  public void perform(ClearDrive step, String namespace) {
    try (var drive = stores.open(step.cluster(), step.namespace())) {
      perform(step, drive, new Turn(TURN));
    } catch (SdkException e) {
      throw new StepFailure(
          "the object store, removing the buckets of %s: %s"
              .formatted(step.tenant(), ObjectStores.why(e)),
          e);
    }
  }

  /** The mark goes last: who is interrupted knows again whose the bucket is. */
  static void perform(ClearDrive step, Drive drive, Turn turn) {
    var marks = new Marks(drive);
    for (var bucket : marks.heldBy(step.holder())) {
      while (drive.empty(bucket) > 0) {
        turn.goOn("bucket %s is being emptied".formatted(bucket));
      }
      remove(drive, bucket);
      marks.remove(bucket);
      turn.goOn("the buckets of %s are being removed".formatted(step.tenant()));
    }
  }

  /** Somebody whom a gateway has yet to shut out may write until the bucket is gone. */
  private static void remove(Drive drive, String bucket) {
    try {
      drive.remove(bucket);
    } catch (S3Exception e) {
      if (NOT_EMPTY.equals(ObjectStores.why(e))) {
        throw new Unfinished("bucket %s is being emptied".formatted(bucket));
      }
      throw e;
    }
  }
}
