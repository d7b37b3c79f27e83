package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.drive.Drive;
import io.generalbots.operator.kernel.NotOurs;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes a Tenant's buckets, and marks them as its own. */
public final class ClaimBucketsDriver implements StepDriver<ClaimBuckets> {

  private final ObjectStores stores;

  public ClaimBucketsDriver(KubernetesClient client) {
    this.stores = new ObjectStores(client);
  }

  @Override
  public Class<ClaimBuckets> type() {
    return ClaimBuckets.class;
  }

  @Override
  public void perform(ClaimBuckets step, String namespace) {
    try (var drive = stores.open(step.cluster(), step.namespace())) {
      perform(step, drive);
    } catch (SdkException e) {
      throw new Unfinished(
          "the object store does not make the buckets yet: " + ObjectStores.why(e), e);
    }
  }

  /** One that is somebody else's keeps none of the others from being made. */
  static void perform(ClaimBuckets step, Drive drive) {
    var claiming = new Claiming(step, drive, new Marks(drive), drive.buckets());
    claiming.inherit();
    var foreign = step.buckets().stream().filter(bucket -> !claiming.claim(bucket)).toList();
    if (!foreign.isEmpty()) {
      throw new NotOurs("bucket " + String.join(", bucket ", foreign));
    }
  }
}
