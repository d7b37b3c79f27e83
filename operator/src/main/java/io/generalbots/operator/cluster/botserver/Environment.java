package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.generalbots.operator.kube.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The variables that a bot server reads: as few as it can run with, and those of the user. */
record Environment(Situation situation) {

  /**
   * What no user may set: it is set here, or says the same in other words. The schema refuses these
   * names too.
   */
  static final Set<String> RESERVED =
      Set.of(
          "VAULT_ADDR",
          "VAULT_TOKEN",
          "VAULT_CACERT",
          "VAULT_SKIP_VERIFY",
          "PORT",
          "GBO_WORK_PATH",
          "GBO_STACK_PATH",
          "WORK_PATH",
          "QDRANT_URL",
          "VECTORDB_URL",
          "JWT_SECRET",
          "SKIP_LLM_SERVER",
          "BOTSERVER_DISABLE_TLS",
          "BOTSERVER_ENV",
          "PGSSLMODE",
          "PGSSLROOTCERT");

  private static final String ADDRESS = "VAULT_ADDR";

  /** What overrides the address that a bot says itself. */
  private static final String MODELS = "LLM_URL";

  List<EnvVar> variables() {
    var all = ours();
    all.addAll(situation.site().own().variables());
    all.addAll(users());
    return all;
  }

  private List<EnvVar> ours() {
    var authorities = new Authorities(situation);
    var site = situation.site();
    var all = new ArrayList<EnvVar>();
    all.add(address());
    all.add(Containers.secret("VAULT_TOKEN", site.sources().vault(), Names.TOKEN));
    all.add(value("VAULT_CACERT", authorities.vault()));
    all.add(value("PORT", Integer.toString(Names.PORT)));
    all.add(value("GBO_WORK_PATH", Names.WORK));
    all.add(Containers.secret("JWT_SECRET", site.sources().keys(), Names.JWT_SECRET));
    all.add(value("SKIP_LLM_SERVER", "1"));
    all.add(value("BOTSERVER_DISABLE_TLS", "true"));
    all.add(value("BOTSERVER_ENV", "production"));
    all.add(value("PGSSLMODE", "verify-full"));
    all.add(value("PGSSLROOTCERT", authorities.postgres()));
    site.ways().vectors().ifPresent(url -> all.add(value("QDRANT_URL", url)));
    site.ways().models().ifPresent(url -> all.add(value(MODELS, url)));
    return all;
  }

  private List<EnvVar> users() {
    return situation.spec().environment().stream()
        .filter(v -> !RESERVED.contains(v.getName()) && !isOwn(v.getName()))
        .filter(v -> !MODELS.equals(v.getName()) || situation.site().ways().models().isEmpty())
        .toList();
  }

  private boolean isOwn(String name) {
    return situation.site().own().variables().stream().anyMatch(v -> name.equals(v.getName()));
  }

  private EnvVar address() {
    return situation
        .site()
        .door()
        .map(door -> value(ADDRESS, door.address()))
        .orElseGet(
            () -> Containers.secret(ADDRESS, situation.site().sources().vault(), Names.ADDRESS));
  }

  private static EnvVar value(String name, String value) {
    return new EnvVar(name, value, null);
  }
}
