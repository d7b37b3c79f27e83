package io.generalbots.operator.external.kubelet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How kubelets may be asked.
 *
 * @param account the ServiceAccount whose tokens are shown to them; they are not asked if empty
 * @param namespace where it is: the operator's own
 * @param authority who signs the certificates of kubelets; nobody knows if empty
 * @param age how long what one said is told on
 */
public record KubeletAccess(
    Optional<String> account, String namespace, Optional<Path> authority, Duration age) {}
