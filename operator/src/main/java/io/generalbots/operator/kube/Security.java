package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** The security contexts that pass the Pod Security level {@code restricted}. */
public final class Security {

  /** The user and group of every image; above 10000, so that it is no user of the node. */
  public static final long USER = 10001L;

  private Security() {}

  /** The context of every pod; volumes belong to its group, changed only when they do not. */
  public static PodSecurityContext pod() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withSeccompProfile(new SeccompProfile(null, "RuntimeDefault"))
        .build();
  }

  /** The context of every container: no privilege, no capability, nothing writable but volumes. */
  public static SecurityContext container() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withCapabilities(none())
        .build();
  }

  private static Capabilities none() {
    return new CapabilitiesBuilder().withDrop("ALL").build();
  }
}
