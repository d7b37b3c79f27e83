package io.generalbots.operator.tenant.botserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.generalbots.operator.cluster.botserver.Door;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Small;
import io.generalbots.operator.kube.Volumes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What leads a bot server into the Tenant's namespace of the vault, which it cannot name itself: a
 * Caddy on the loopback interface that names it, and goes on to the vault by TLS.
 *
 * @param part the bot servers
 * @param image of Caddy
 * @param secret says where the vault is, who vouches for it and what the namespace is called
 * @param home what is known of the Tenant's own namespace
 */
record VaultDoor(Part part, Image image, String secret, Facts home) {

  /** Bot servers take an address with localhost in it for a machine of their own. */
  private static final String HOST = "vault.tenant.internal";

  private static final int PORT = 8200;
  private static final String NAME = "vault";
  private static final String CONFIG = "vault-door";
  private static final String AUTHORITY = "vault-authority";
  private static final String FILE = "caddy.json";
  private static final String ROUTE = "/apps/http/servers/vault/routes/0/handle/0";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  Door door() {
    return new Door(
        "http://%s:%d".formatted(HOST, PORT),
        new HostAlias(List.of(HOST), "127.0.0.1"),
        container(),
        volumes(),
        Digest.sha256(config().orElse("")));
  }

  /** What was there stays as long as nobody knows better: servers may be running by it. */
  Wish wish() {
    var map = new ConfigMapBuilder().withMetadata(part.meta(NAME)).build();
    return config()
        .<Wish>map(
            text ->
                new Wish.Managed(new ConfigMapBuilder(map).withData(Map.of(FILE, text)).build()))
        .orElseGet(() -> new Wish.Once(map, false));
  }

  /** As JSON, in which a value is a value whatever is in it. */
  private Optional<String> config() {
    return home.find(Secret.class, secret)
        .filter(s -> !Secrets.text(s, "address").isEmpty())
        .map(s -> config(Address.of(Secrets.text(s, "address")), Secrets.text(s, "namespace")));
  }

  private static String config(Address vault, String namespace) {
    try {
      var tree = MAPPER.readTree(Resources.text("botserver/vault-door.json"));
      node(tree, ROUTE + "/upstreams/0").put("dial", vault.toString());
      node(tree, ROUTE + "/headers/request/set").putArray("X-Vault-Namespace").add(namespace);
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the program brings a configuration that is no JSON", e);
    }
  }

  private static ObjectNode node(JsonNode tree, String path) {
    return (ObjectNode) tree.requiredAt(path);
  }

  private Container container() {
    return image
        .container()
        .withName(NAME)
        .withRestartPolicy("Always")
        .withCommand("caddy", "run", "--config", "/etc/%s/%s".formatted(CONFIG, FILE))
        .withResources(Small.resources("24Mi", "96Mi"))
        .withSecurityContext(Security.container())
        .withVolumeMounts(
            Volumes.readOnly(CONFIG, "/etc/" + CONFIG),
            Volumes.readOnly(AUTHORITY, "/etc/" + AUTHORITY))
        .build();
  }

  private List<Volume> volumes() {
    var authority = Volumes.secret(AUTHORITY, secret);
    authority.getSecret().setItems(List.of(new KeyToPath("ca.crt", null, "ca.crt")));
    return List.of(Volumes.configMap(CONFIG, part.name(NAME)), authority);
  }
}
