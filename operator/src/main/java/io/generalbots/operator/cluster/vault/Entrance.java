package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.ServiceMode;
import io.generalbots.api.v1alpha1.cluster.VaultEngine;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.external.vault.Access;
import io.generalbots.operator.external.vault.SignIn;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.Optional;
import java.util.function.Function;

/**
 * The vault that a BotCluster runs, as others than the BotCluster itself come to it.
 *
 * @param cluster whose vault it is
 * @param secrets the BotCluster's, by name
 */
public record Entrance(BotCluster cluster, Function<String, Optional<Secret>> secrets) {

  private static final String ADDRESS = "address";

  /** Whether it runs one whose namespaces are its own to give away. */
  public static boolean isThere(BotCluster cluster) {
    var spec = cluster.getSpec().vault();
    return Features.isOn(cluster, Names.COMPONENT)
        && spec.mode() != ServiceMode.EXTERNAL
        && spec.engine() == VaultEngine.OPEN_BAO;
  }

  /** The name of the Secret by which a BotCluster says where its vault is. */
  public static String secretName(String cluster) {
    return new Part(cluster, Names.COMPONENT).name(Names.BOT_SERVER);
  }

  /** The operator's own way in; empty until the vault is in use. */
  public Optional<Access> access() {
    var name = part().name(Names.OPERATOR);
    return published()
        .flatMap(
            own ->
                secrets
                    .apply(name)
                    .map(s -> Secrets.text(s, Names.PASSWORD))
                    .filter(password -> !password.isEmpty())
                    .map(password -> new SignIn.Password(Names.USER, password, name))
                    .map(as -> new Access(address(own), authority(own), as)));
  }

  private Optional<Secret> published() {
    return secrets
        .apply(secretName(cluster.getMetadata().getName()))
        .filter(own -> !address(own).isEmpty());
  }

  private static String address(Secret published) {
    return Secrets.text(published, ADDRESS);
  }

  private static String authority(Secret published) {
    return Secrets.text(published, Names.AUTHORITY);
  }

  private Part part() {
    return new Part(cluster.getMetadata().getName(), Names.COMPONENT);
  }
}
