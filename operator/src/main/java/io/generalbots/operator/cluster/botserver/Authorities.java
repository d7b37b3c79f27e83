package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.kube.Volumes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose certificates a bot server trusts: the cluster's own authority, or whoever vouches for what
 * is elsewhere, and the image's authorities where nobody is named. It always gets a file, since it
 * hands the name of one on to curl and libpq.
 */
record Authorities(Situation situation) {

  private static final String SYSTEM = "/etc/ssl/certs/ca-certificates.crt";
  private static final String FOLDER = "/etc/authorities/";
  private static final String VAULT = "vault";
  private static final String POSTGRES = "postgres";
  private static final int PRIVATE = 0440;

  String vault() {
    return file(VAULT);
  }

  String postgres() {
    return file(POSTGRES);
  }

  Volume[] volumes() {
    return secrets().entrySet().stream()
        .map(e -> volume(e.getKey(), e.getValue()))
        .toArray(Volume[]::new);
  }

  VolumeMount[] mounts() {
    return secrets().keySet().stream()
        .map(name -> Volumes.readOnly(name, FOLDER + name))
        .toArray(VolumeMount[]::new);
  }

  private String file(String name) {
    return secrets().containsKey(name) ? FOLDER + name + "/" + Names.AUTHORITY : SYSTEM;
  }

  /** The Secret that holds the authority of each. */
  private Map<String, String> secrets() {
    var secrets = new TreeMap<String, String>();
    vaultSecret()
        .filter(s -> !Secrets.text(s, Names.AUTHORITY).isEmpty())
        .ifPresent(s -> secrets.put(VAULT, s.getMetadata().getName()));
    situation.site().sources().authority().ifPresent(name -> secrets.put(POSTGRES, name));
    return secrets;
  }

  /** Who asks through a door sees no certificate. */
  private Optional<Secret> vaultSecret() {
    return situation.vault().filter(s -> situation.site().door().isEmpty());
  }

  private static Volume volume(String name, String secret) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .withDefaultMode(PRIVATE)
        .addNewItem(Names.AUTHORITY, null, Names.AUTHORITY)
        .endSecret()
        .build();
  }
}
