package io.generalbots.operator.cluster.config;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.external.drive.DriveFile;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings in force where people look for a bot's: in the folder of the default bot. What was
 * written, and into which store, is kept beside it, so that nobody has to ask the store again.
 *
 * @param part whose it is
 * @param facts what is known
 * @param store which store there is to write to, if one serves
 */
record DriveCopy(Part part, Facts facts, Optional<String> store) {

  static final String BUCKET = "default.gbai";
  static final String KEY = "default.gbot/" + PublishedConfig.FILE;

  private static final String RECORD = "drive";
  private static final String STORE = "store";
  private static final String DIGEST = "digest";

  /** Writes it where it is not there yet; what was noted stays otherwise. */
  List<Wish> wishes(String text) {
    if (store.isEmpty() || isWritten(text)) {
      return record().map(r -> noted(r.getData())).stream().toList();
    }
    return List.of(
        new Wish.External(new DriveFile(part.cluster(), BUCKET, KEY, text)), noted(wished(text)));
  }

  /** Whether the store that serves has it. */
  boolean isWritten(String text) {
    return store.isPresent() && record().filter(r -> wished(text).equals(r.getData())).isPresent();
  }

  private Map<String, String> wished(String text) {
    return Map.of(STORE, store.orElseThrow(), DIGEST, Digest.sha256(text));
  }

  private Wish noted(Map<String, String> data) {
    return new Wish.Managed(
        new ConfigMapBuilder().withMetadata(part.meta(RECORD)).withData(data).build());
  }

  private Optional<ConfigMap> record() {
    return facts.find(ConfigMap.class, part.name(RECORD));
  }
}
