package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.generalbots.api.v1alpha1.cluster.QdrantTlsMode;
import io.generalbots.operator.kube.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private static final int QDRANT_PORT = 6333;

  List<EnvVar> variables() {
    var authorities = new Authorities(situation);
    var part = situation.part();
    var all = new ArrayList<EnvVar>();
    all.add(Containers.secret("VAULT_ADDR", Names.vaultSecret(part), Names.ADDRESS));
    all.add(Containers.secret("VAULT_TOKEN", Names.vaultSecret(part), Names.TOKEN));
    all.add(value("VAULT_CACERT", authorities.vault()));
    all.add(value("PORT", Integer.toString(Names.PORT)));
    all.add(value("GBO_WORK_PATH", Names.WORK));
    all.add(Containers.secret("JWT_SECRET", Names.keysSecret(part), Names.JWT_SECRET));
    all.add(value("SKIP_LLM_SERVER", "1"));
    all.add(value("BOTSERVER_DISABLE_TLS", "true"));
    all.add(value("BOTSERVER_ENV", "production"));
    all.add(value("PGSSLMODE", "verify-full"));
    all.add(value("PGSSLROOTCERT", authorities.postgres()));
    vectors().ifPresent(url -> all.add(value("QDRANT_URL", url)));
    all.addAll(users());
    return all;
  }

  private List<EnvVar> users() {
    return situation.spec().environment().stream()
        .filter(v -> !RESERVED.contains(v.getName()))
        .toList();
  }

  /** Where the vectors are, if there is a Qdrant. */
  Optional<String> vectors() {
    if (!situation.has("qdrant")) {
      return Optional.empty();
    }
    var qdrant = situation.cluster().getSpec().qdrant();
    if (qdrant.external() != null) {
      return Optional.of(qdrant.external().address());
    }
    var scheme = qdrant.tls().mode() == QdrantTlsMode.REQUIRED ? "https" : "http";
    var host = situation.host(situation.part().cluster() + "-qdrant");
    return Optional.of("%s://%s:%d".formatted(scheme, host, QDRANT_PORT));
  }

  private static EnvVar value(String name, String value) {
    return new EnvVar(name, value, null);
  }
}
