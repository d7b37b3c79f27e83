package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kube.Resources;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files of the servers that hold no secret. */
final class Configuration {

  static final String SCRIPT = "server.sh";

  private static final String SETTINGS = "server.hcl";
  private static final String INITIALISE = "initialise.hcl";
  private static final int REVISION_LENGTH = 8;

  private static final String PEER =
      """
        retry_join {
          leader_api_addr = "https://%s:%d"
          leader_ca_cert_file = "/tls/ca.crt"
        }
      """;

  private Configuration() {}

  /** The first server begins without peers, and with what makes the data. */
  static ConfigMap files(Situation situation) {
    var files = new TreeMap<String, String>();
    files.put(SCRIPT, text(SCRIPT));
    if (situation.progress().isInitialised()) {
      files.put(SETTINGS, settings(peers(situation)));
    } else {
      files.put(SETTINGS, settings(""));
      files.put(INITIALISE, text(INITIALISE));
    }
    return new ConfigMapBuilder().withMetadata(situation.part().meta()).withData(files).build();
  }

  /** What the servers have to be restarted for when it changes; their peers they know already. */
  static String revision() {
    return Digest.sha256(settings("") + text(SCRIPT)).substring(0, REVISION_LENGTH);
  }

  private static String settings(String peers) {
    return text(SETTINGS) + "\nstorage \"raft\" {\n  path = \"/data\"\n" + peers + "}\n";
  }

  private static String peers(Situation situation) {
    var scaling = new Scaling(situation);
    return IntStream.range(0, Math.max(scaling.wished(), scaling.members()))
        .mapToObj(i -> situation.host(situation.part().name(String.valueOf(i))))
        .map(host -> PEER.formatted(host, Names.PORT))
        .collect(Collectors.joining());
  }

  private static String text(String file) {
    return Resources.text(Names.COMPONENT + "/" + file);
  }
}
