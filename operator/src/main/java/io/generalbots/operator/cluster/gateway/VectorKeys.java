package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.qdrant.Entrance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.TenantNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may do what in which of Qdrant's collections. Qdrant has one key, which opens everything, and
 * perhaps none: the gateways check those of tenants.
 *
 * @param cluster whose Qdrant it is
 * @param facts what is
 */
public record VectorKeys(BotCluster cluster, Facts facts) {

  /** Where pods of the cluster come in by them; nobody from outside does. */
  public static final int PORT = Ports.VECTORS;

  /** What the Service for those, the Secret and its volume end in. */
  static final String NAME = "vectors";

  static final String FILE = "vectors.json";

  /** Who signed what Qdrant shows, beside it. */
  static final String AUTHORITY = "ca.crt";

  /** Whether a BotCluster has a Qdrant, its own or another, and gateways before it. */
  public static boolean areChecked(BotCluster cluster) {
    return Features.isOn(cluster, Gateway.NAME) && Entrance.isThere(cluster);
  }

  /** The host by which pods of the cluster come in. */
  public static String host(String cluster, String namespace, String clusterDomain) {
    return DoorFile.host(NAME, cluster, namespace, clusterDomain);
  }

  Secret secret() {
    var entrance = new Entrance(cluster, facts);
    var told = new TreeMap<String, Object>();
    told.put("prefix", TenantNames.VECTORS);
    told.put("key", entrance.key().orElse(""));
    told.put("tenants", DoorFile.letIn(facts, Registration::vectors, VectorKeys::visitor));
    var files = new TreeMap<>(Map.of(FILE, DoorFile.json(told)));
    entrance.authority().ifPresent(pem -> files.put(AUTHORITY, pem));
    return new DoorFile(NAME, cluster).secret(files);
  }

  /** The door in Caddy's configuration; none before it is known where Qdrant is. */
  String site() {
    var entrance = new Entrance(cluster, facts);
    var asking = entrance.authority().map(pem -> "import trusting ${authority}");
    return entrance
        .address()
        .filter(address -> areChecked(cluster))
        .map(
            address ->
                Template.of("vectors")
                    .with("asking", asking.orElse("import asking"))
                    .filled(values(address)))
        .orElse("");
  }

  private static Map<String, String> values(String address) {
    return Map.of(
        "port", String.valueOf(PORT),
        "address", address,
        "file", GatewayPods.file(NAME, FILE),
        "authority", GatewayPods.file(NAME, AUTHORITY));
  }

  private static Map<String, Object> visitor(Registration resident) {
    return new TreeMap<>(
        Map.of("keys", keys(resident), "restrained", resident.isRestrained(Entrance.COMPONENT)));
  }

  /** Digests: what is shown is compared with them, and nothing is signed. */
  private static List<String> keys(Registration resident) {
    return DoorFile.logins(resident, resident.vectors()).map(Login::secret).sorted().toList();
  }

  /** Names no key: the text may be logged. */
  @Override
  public String toString() {
    return "keys to collections of " + cluster.getMetadata().getName();
  }
}
