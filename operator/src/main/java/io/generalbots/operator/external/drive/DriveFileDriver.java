package io.generalbots.operator.external.drive;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.StepDriver;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.BytesWrapper;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Writes lines into files of the object store, and leaves the lines of others as they are. */
public final class DriveFileDriver implements StepDriver<DriveFile> {

  private final KubernetesClient client;

  public DriveFileDriver(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Class<DriveFile> type() {
    return DriveFile.class;
  }

  @Override
  public void perform(DriveFile step, String namespace) {
    var name = step.cluster() + "-s3";
    var published = client.secrets().inNamespace(namespace).withName(name).get();
    if (published == null) {
      throw new StepFailure("Secret %s is missing".formatted(name));
    }
    try (var drive = Drive.open(published)) {
      write(step, drive);
    } catch (SdkException e) {
      throw new StepFailure("writing %s: %s".formatted(step.place(), e.getMessage()), e);
    }
  }

  private static void write(DriveFile step, Drive drive) {
    var found = drive.read(step.bucket(), step.key());
    var former = found.map(BytesWrapper::asByteArray).map(DriveFileDriver::text).orElse("");
    var lines = text(step.lines().getBytes(StandardCharsets.UTF_8));
    var whole = new SharedFile("BotCluster " + step.cluster()).with(lines, former);
    if (found.isPresent() && whole.equals(former)) {
      return;
    }
    Optional<String> version = found.map(f -> f.response().eTag());
    var file = PutObjectRequest.builder().bucket(step.bucket()).key(step.key());
    drive.write(file.contentType("text/csv"), whole.getBytes(StandardCharsets.ISO_8859_1), version);
  }

  /** One character for each byte, so that none is changed by being read. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
