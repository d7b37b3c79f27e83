package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.drive.Drive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.BytesWrapper;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Whose each bucket is: a file of its name in the platform's own bucket, where no Tenant can write.
 * Tags and rules of a bucket are for whoever may write into it to change.
 *
 * @param drive the object store
 */
record Marks(Drive drive) {

  private static final String BUCKET = "default.gbai";

  /** No bot has anything of this name. */
  private static final String PREFIX = "generalbots.io/tenants/";

  /** Every bucket that was made for a Tenant. */
  List<String> all() {
    return drive.keys(BUCKET, PREFIX).stream().map(k -> k.substring(PREFIX.length())).toList();
  }

  /** Those that this Tenant has. */
  List<String> heldBy(String holder) {
    return all().stream().filter(b -> holder(b).filter(holder::equals).isPresent()).toList();
  }

  /** The uid of the Tenant that a bucket was made for. */
  Optional<String> holder(String bucket) {
    return drive.read(BUCKET, PREFIX + bucket).map(BytesWrapper::asUtf8String);
  }

  /** Refused by the store if somebody else puts one at the same time. */
  void put(String bucket, String holder) {
    var former = drive.read(BUCKET, PREFIX + bucket).map(found -> found.response().eTag());
    var file =
        PutObjectRequest.builder().bucket(BUCKET).key(PREFIX + bucket).contentType("text/plain");
    drive.write(file, holder.getBytes(StandardCharsets.UTF_8), former);
  }

  void remove(String bucket) {
    drive.remove(BUCKET, PREFIX + bucket);
  }
}
