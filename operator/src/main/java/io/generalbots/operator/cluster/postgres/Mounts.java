package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFileBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.generalbots.operator.cluster.encryption.EncryptionKeys;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Volumes;
import java.util.List;

/** What a server's container finds in its file system. */
final class Mounts {

  /** The annotation of a pod that asks its agent for a restart in place. */
  static final String RESTART = "generalbots.io/restart-in-place";

  static final String SCRIPT_DIRECTORY = "/etc/generalbots";

  private static final String PATRONI = "patroni";
  private static final String SCRIPTS = "scripts";
  private static final String CREDENTIALS = "credentials";
  private static final String ENCRYPTION = "encryption";
  private static final String REQUESTS = "requests";
  private static final String TLS = "tls";
  private static final String TEMPORARY = "tmp";
  private static final String RUN = "run";
  private static final String SHARED_MEMORY = "shm";

  private static final int EXECUTABLE = 0555;
  private static final int PRIVATE = 0440;

  private Mounts() {}

  static List<VolumeMount> mounts() {
    return List.of(
        Volumes.mount(Names.DATA, "/var/lib/postgresql"),
        Volumes.mount(TEMPORARY, "/tmp"),
        Volumes.mount(RUN, "/run/postgresql"),
        Volumes.mount(SHARED_MEMORY, "/dev/shm"),
        Volumes.readOnly(TLS, Names.TLS_DIRECTORY),
        Volumes.readOnly(PATRONI, "/etc/patroni"),
        Volumes.readOnly(SCRIPTS, SCRIPT_DIRECTORY),
        Volumes.readOnly(CREDENTIALS, "/etc/credentials"),
        Volumes.readOnly(ENCRYPTION, "/etc/encryption"),
        Volumes.readOnly(REQUESTS, "/etc/podinfo"));
  }

  /**
   * The volumes behind them.
   *
   * @param encrypting whether database sessions get the key of encrypted columns
   */
  static List<Volume> volumes(Part part, boolean encrypting) {
    return List.of(
        Volumes.scratch(TEMPORARY, "256Mi"),
        Volumes.scratch(RUN, "16Mi"),
        sharedMemory(),
        Volumes.secret(TLS, Names.serverSecret(part)),
        configuration(part),
        scripts(part),
        passwords(part),
        encrypting ? keys(part) : Volumes.scratch(ENCRYPTION, "1Mi"),
        requests());
  }

  private static Volume configuration(Part part) {
    var replication = Credentials.REPLICATION_FILE;
    var rest = Credentials.REST_FILE;
    return projected(
        PATRONI,
        configMap(Names.files(part), Files.PATRONI_FILE),
        secret(Names.superuserSecret(part), replication, replication),
        secret(Names.restSecret(part), rest, rest));
  }

  /** A file per role, read when the cluster is made. */
  private static Volume passwords(Part part) {
    var key = Credentials.PASSWORD;
    return projected(
        CREDENTIALS,
        secret(Names.superuserSecret(part), key, Names.SUPERUSER),
        secret(Names.poolerSecret(part), key, Names.POOLER_ROLE),
        secret(Names.provisionerSecret(part), key, Names.PROVISIONER),
        secret(Names.applicationSecret(part), key, Names.APPLICATION));
  }

  /** The present key and maybe the former one; a server starts without them as well. */
  private static Volume keys(Part part) {
    var present = EncryptionKeys.DATA;
    var former = EncryptionKeys.FORMER_DATA;
    var secret =
        new VolumeProjectionBuilder()
            .withNewSecret()
            .withName(EncryptionKeys.secretName(part.cluster()))
            .withOptional(true)
            .withItems(new KeyToPath(present, null, present), new KeyToPath(former, null, former))
            .endSecret()
            .build();
    return projected(ENCRYPTION, secret);
  }

  /** The default of container runtimes, 64 MiB, is too small for parallel queries. */
  private static Volume sharedMemory() {
    return new VolumeBuilder()
        .withName(SHARED_MEMORY)
        .withEmptyDir(new EmptyDirVolumeSource("Memory", new Quantity("1Gi")))
        .build();
  }

  private static Volume scripts(Part part) {
    return new VolumeBuilder()
        .withName(SCRIPTS)
        .withNewConfigMap()
        .withName(Names.files(part))
        .withDefaultMode(EXECUTABLE)
        .withItems(Files.SCRIPTS.stream().map(s -> new KeyToPath(s, null, s)).toList())
        .endConfigMap()
        .build();
  }

  /** The request comes through the kubelet: no port of the pod has to be open for it. */
  private static Volume requests() {
    var path = "metadata.annotations['" + RESTART + "']";
    return new VolumeBuilder()
        .withName(REQUESTS)
        .withNewDownwardAPI()
        .withItems(
            new DownwardAPIVolumeFileBuilder()
                .withPath("restart")
                .withFieldRef(new ObjectFieldSelector("v1", path))
                .build())
        .endDownwardAPI()
        .build();
  }

  private static Volume projected(String name, VolumeProjection... sources) {
    return new VolumeBuilder()
        .withName(name)
        .withNewProjected()
        .withDefaultMode(PRIVATE)
        .withSources(sources)
        .endProjected()
        .build();
  }

  private static VolumeProjection configMap(String name, String key) {
    return new VolumeProjectionBuilder()
        .withNewConfigMap()
        .withName(name)
        .withItems(new KeyToPath(key, null, key))
        .endConfigMap()
        .build();
  }

  private static VolumeProjection secret(String name, String key, String path) {
    return new VolumeProjectionBuilder()
        .withNewSecret()
        .withName(name)
        .withItems(new KeyToPath(key, null, path))
        .endSecret()
        .build();
  }
}
