package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.kube.Resources;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The files of the roles that hold no secret. */
record Configuration(Situation situation) {

  /** A script in the pods. */
  enum Script {
    GATEWAY("gateway.sh"),
    DRAIN("drain.sh"),
    DATABASE("database.sh");

    private final String file;

    Script(String file) {
      this.file = file;
    }

    /** The command that runs it. */
    String[] command(String... arguments) {
      return Stream.concat(Stream.of("bash", "/etc/seaweedfs/" + file), Stream.of(arguments))
          .toArray(String[]::new);
    }
  }

  ConfigMap map() {
    return new ConfigMapBuilder()
        .withMetadata(situation.part().meta())
        .withData(new TreeMap<>(files()))
        .build();
  }

  /** What every process reads but once. */
  String revision() {
    var sum = new CRC32();
    files().forEach((name, text) -> sum.update((name + text).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private Map<String, String> files() {
    var files = new TreeMap<String, String>();
    Stream.of(Script.values()).forEach(s -> files.put(s.file, text(s.file)));
    files.put("security.toml", text("security.toml"));
    files.put("master.toml", text("master.toml"));
    files.put("filer.toml", text(situation.isEmbedded() ? "filer-embedded.toml" : "filer.toml"));
    return files;
  }

  private static String text(String file) {
    return Resources.text(Names.COMPONENT + "/" + file);
  }
}
