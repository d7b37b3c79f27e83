package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kube.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a running server read once and would not notice a change of; a new value rolls them all. */
record Revision(Situation situation) {

  private static final String SETTINGS = "generalbots.io/settings";
  private static final String PRIMARY = "generalbots.io/postgres-primary";

  /** The keys of a login that matter; what else a Secret holds follows from them. */
  private static final List<String> LOGIN = List.of("username", "password", "host", "port");

  private static final int SHORT = 16;

  /** Annotations of the pod template. */
  Map<String, String> annotations() {
    var annotations = new TreeMap<String, String>();
    annotations.put(SETTINGS, Digest.sha256(settings()).substring(0, SHORT));
    situation.site().ways().primary().ifPresent(p -> annotations.put(PRIMARY, primary(p)));
    return annotations;
  }

  /** The way to the vault, and the logins that were in it: the vault is read only once. */
  private String settings() {
    var sources = situation.site().sources();
    var settings = new ArrayList<String>();
    settings.add(data(sources.vault(), List.of(Names.ADDRESS, Names.TOKEN, Names.AUTHORITY)));
    settings.add(data(sources.keys(), List.of(Names.JWT_SECRET)));
    sources.logins().forEach(login -> settings.add(data(login, LOGIN)));
    situation.site().door().map(Door::revision).ifPresent(settings::add);
    return String.join("\n", settings);
  }

  private String data(String secret, List<String> keys) {
    var data = situation.facts().find(Secret.class, secret).map(Secret::getData).orElse(Map.of());
    return keys.stream().map(k -> data.getOrDefault(k, "")).collect(Collectors.joining(" "));
  }

  /**
   * One connection of each server is opened once and never again: without a pooler that holds it,
   * only a restart brings it to another primary.
   */
  private String primary(Part postgres) {
    return situation.facts().all(Pod.class, postgres.selector("primary")).stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .map(p -> p.getMetadata().getName() + "." + p.getMetadata().getUid())
        .collect(Collectors.joining(","));
  }
}
