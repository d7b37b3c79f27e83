package io.generalbots.operator.tenant.botserver;

import io.fabric8.kubernetes.api.model.Container;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Small;
import java.util.List;

/**
 * The cache of one bot server. Its keys have no prefix, which the shared one asks of a Tenant's: it
 * would answer, refuse every key, and bots would never say the first word. What is in it may be
 * lost at any time.
 *
 * @param image of Valkey
 */
record OwnCache(Image image) {

  static final String URL = "redis://127.0.0.1:6379";

  private static final List<String> SETTINGS =
      List.of(
          "--bind",
          "127.0.0.1",
          "--port",
          "6379",
          "--save",
          "",
          "--appendonly",
          "no",
          "--maxmemory",
          "48mb",
          "--maxmemory-policy",
          "allkeys-lru");

  Container container() {
    return image
        .container()
        .withName("cache")
        .withRestartPolicy("Always")
        .withCommand("valkey-server")
        .withArgs(SETTINGS)
        .withResources(Small.resources("16Mi", "96Mi"))
        .withSecurityContext(Security.container())
        .build();
  }
}
