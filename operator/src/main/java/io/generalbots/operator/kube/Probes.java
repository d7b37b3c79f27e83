package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.List;

/** Probes, with the time limits left to the caller's taste through the builder. */
public final class Probes {

  private Probes() {}

  /** Asks by HTTP. */
  public static ProbeBuilder http(String path, int port) {
    return new ProbeBuilder()
        .withHttpGet(
            new HTTPGetActionBuilder().withPath(path).withPort(new IntOrString(port)).build());
  }

  /** Asks by HTTPS; the kubelet does not check the certificate. */
  public static ProbeBuilder https(String path, int port) {
    return new ProbeBuilder()
        .withHttpGet(
            new HTTPGetActionBuilder()
                .withPath(path)
                .withPort(new IntOrString(port))
                .withScheme("HTTPS")
                .build());
  }

  /** Opens a connection. */
  public static ProbeBuilder tcp(int port) {
    return new ProbeBuilder().withTcpSocket(new TCPSocketAction(null, new IntOrString(port)));
  }

  /** Runs a command in the container; each run costs a process. */
  public static ProbeBuilder exec(String... command) {
    return new ProbeBuilder().withExec(new ExecAction(List.of(command)));
  }

  /** The probe tried every so many seconds and failed after so many tries in a row. */
  public static Probe every(ProbeBuilder probe, int periodSeconds, int failureThreshold) {
    return probe
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(Math.max(1, Math.min(periodSeconds, 5)))
        .withFailureThreshold(failureThreshold)
        .build();
  }
}
