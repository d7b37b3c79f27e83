package io.generalbots.operator.external.drive;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;

/**
 * Lines of the operator's in a file of a BotCluster's object store.
 *
 * @param cluster the name of the BotCluster
 * @param bucket which has to be there
 * @param key of the file in the bucket
 * @param lines what is to be between the marks; none of it is secret
 */
public record DriveFile(String cluster, String bucket, String key, String lines) implements Step {

  @Override
  public Decision decision() {
    return Decision.normal("ConfigPublished", "wrote the settings in force into " + place());
  }

  /** Where the file is, for people. */
  public String place() {
    return bucket + "/" + key;
  }
}
