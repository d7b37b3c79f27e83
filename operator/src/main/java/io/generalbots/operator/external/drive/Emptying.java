package io.generalbots.operator.external.drive;

import io.generalbots.operator.external.StepFailure;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * Removes what is in a bucket. Whoever may write there may also switch versions on: then a file
 * that is removed is still there, and so is the mark that it was removed.
 *
 * @param client of somebody who may do so
 * @param bucket which is to be empty
 */
record Emptying(S3Client client, String bucket) {

  /** Removes as many as the store lists at a time. */
  int some() {
    var listed = client.listObjectVersions(r -> r.bucket(bucket));
    var all =
        Stream.concat(
                listed.versions().stream().map(v -> identifier(v.key(), v.versionId())),
                listed.deleteMarkers().stream().map(m -> identifier(m.key(), m.versionId())))
            .toList();
    if (!all.isEmpty()) {
      remove(all);
    }
    return all.size();
  }

  private void remove(List<ObjectIdentifier> all) {
    var answer =
        client.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(all).quiet(true)));
    answer.errors().stream()
        .findFirst()
        .ifPresent(
            e -> {
              throw new StepFailure(
                  "bucket %s keeps %s: %s".formatted(bucket, e.key(), e.message()));
            });
  }

  private static ObjectIdentifier identifier(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }
}
