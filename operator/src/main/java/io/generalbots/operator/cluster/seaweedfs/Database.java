package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.seaweedfs.Configuration.Script;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The filers' database in the cluster's PostgreSQL, of their own but for the login, which is the
 * application's.
 *
 * @param situation the cluster
 */
record Database(Situation situation) {

  private static final String AUTHORITY = "database";
  private static final String PATH = "/database";
  private static final String POSTGRES = "postgres";
  private static final String CA = "ca.crt";

  /** How a filer finds it. */
  List<EnvVar> settings() {
    return List.of(
        new EnvVar("WEED_POSTGRES2_HOSTNAME", host(), null),
        Containers.secret("WEED_POSTGRES2_USERNAME", login(), "username"),
        Containers.secret("WEED_POSTGRES2_PASSWORD", login(), "password"));
  }

  /** Of the password, which a filer reads but once: a new value rolls them all. */
  Optional<String> revision() {
    return situation
        .facts()
        .find(Secret.class, login())
        .map(s -> Keys.of(situation).digest(Secrets.text(s, "password")));
  }

  /** Makes it, before the first filer looks. */
  Container container(List<VolumeMount> mounts) {
    var mounted = new ArrayList<>(mounts);
    mounted.add(authorityMount());
    return Image.of(situation.cluster(), POSTGRES, situation.facts().settings())
        .container()
        .withName(AUTHORITY)
        .withCommand(Script.DATABASE.command(Names.DATABASE))
        .withEnv(
            new EnvVar("PGHOST", host(), null),
            Containers.secret("PGUSER", login(), "username"),
            Containers.secret("PGPASSWORD", login(), "password"),
            Containers.secret("PGDATABASE", login(), "dbname"),
            new EnvVar("PGCONNECT_TIMEOUT", "5", null),
            new EnvVar("PGSSLMODE", "verify-full", null),
            new EnvVar("PGSSLROOTCERT", PATH + "/" + CA, null))
        .withResources(Appetite.small())
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounted)
        .build();
  }

  /** The certificate of the authority alone: a client needs no key. */
  Volume authority() {
    return new VolumeBuilder()
        .withName(AUTHORITY)
        .withNewSecret()
        .withSecretName(situation.name() + "-server")
        .addNewItem(CA, null, CA)
        .endSecret()
        .build();
  }

  static VolumeMount authorityMount() {
    return Volumes.readOnly(AUTHORITY, PATH);
  }

  private String host() {
    var pooled = situation.cluster().getSpec().postgres().pooler().enabled();
    return situation.host(situation.name() + (pooled ? "-pooler" : "-postgres-rw"));
  }

  private String login() {
    return situation.name() + "-app";
  }
}
