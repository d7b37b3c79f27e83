package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.List;
import java.util.Map;

/** A pod that knows what an application knows: the published Secret and the authority. */
final class ClientPod {

  private static final String CLUSTER = "demo";
  private static final String TLS = "/tls";

  private ClientPod() {}

  /** One that waits to be used, with a new name. */
  static Pod of(String namespace, String prefix) {
    return of(namespace, prefix, CLUSTER + "-app");
  }

  /** The same with what another Secret says. */
  static Pod of(String namespace, String prefix, String secret) {
    return new PodBuilder()
        .withNewMetadata()
        .withGenerateName(prefix)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(0L)
        .withSecurityContext(Security.pod())
        .withVolumes(authority(), Volumes.scratch("tmp", "16Mi"))
        .addNewContainer()
        .withName("client")
        .withImage("generalbots/tools:1")
        .withCommand("sleep", "infinity")
        .withEnv(environment(secret))
        .withResources(
            new ResourceRequirementsBuilder()
                .withLimits(Map.of("memory", Quantity.parse("128Mi")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.readOnly("tls", TLS), Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }

  /** The certificate of the authority alone: a client needs no key. */
  private static Volume authority() {
    return new VolumeBuilder()
        .withName("tls")
        .withNewSecret()
        .withSecretName(CLUSTER + "-server")
        .addNewItem("ca.crt", null, "ca.crt")
        .endSecret()
        .build();
  }

  private static List<EnvVar> environment(String secret) {
    return List.of(
        key(secret, "PGHOST", "host"),
        key(secret, "PGUSER", "username"),
        key(secret, "PGPASSWORD", "password"),
        key(secret, "PGDATABASE", "dbname"),
        new EnvVar("PGSSLMODE", "verify-full", null),
        new EnvVar("PGSSLROOTCERT", TLS + "/ca.crt", null));
  }

  private static EnvVar key(String secret, String name, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, false)
        .endValueFrom()
        .build();
  }
}
