package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.drive.Drive;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** Lists the buckets as the tenant would. */
public final class EnterDriveDriver implements StepDriver<EnterDrive> {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final ObjectStores stores;

  public EnterDriveDriver(KubernetesClient client) {
    this.stores = new ObjectStores(client);
  }

  @Override
  public Class<EnterDrive> type() {
    return EnterDrive.class;
  }

  @Override
  public void perform(EnterDrive step, String namespace) {
    var seen = buckets(step);
    var missing = step.buckets().stream().filter(bucket -> !seen.contains(bucket)).findFirst();
    if (missing.isPresent()) {
      throw new Unfinished("bucket %s is not there yet".formatted(missing.get()));
    }
  }

  private Set<String> buckets(EnterDrive step) {
    var login = step.login();
    var published = stores.published(step.cluster(), step.namespace());
    try (var drive = Drive.open(published, login.name(), login.password(), LIMIT)) {
      return drive.buckets();
    } catch (SdkException e) {
      throw new Unfinished(
          "the object store does not let %s in yet: %s"
              .formatted(login.name(), ObjectStores.why(e)),
          e);
    }
  }
}
