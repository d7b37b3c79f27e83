package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What has to be true before a bot server is started or changed. Where it cannot read the vault it
 * goes on with settings of localhost, and where it finds no store it gives up or goes on without:
 * so neither is left to it.
 *
 * @param stores the components that have to serve, in the order in which they start
 * @param doubt why the vault may not have every entry
 */
record Gate(
    List<Component<BotCluster>> stores, BiFunction<BotCluster, Facts, Optional<String>> doubt) {

  /** What the program has compiled in. */
  private static final String MOUNT = "secret";

  private static final String PATH = "gbo";
  private static final String WAITING = "WaitingForVault";
  private static final List<String> LOGIN = List.of("username", "password", "dbname");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]*");

  Gate {
    stores = List.copyOf(stores);
  }

  /** The first thing that is in the way. */
  Optional<Obstacle> obstacle(BotCluster cluster, Situation situation) {
    return Stream.<Supplier<Optional<Obstacle>>>of(
            () -> withoutVault(cluster),
            () -> foreignPath(cluster),
            () -> withoutDrive(cluster),
            () -> waiting(cluster, situation),
            () -> unwritableLogin(situation),
            () -> withoutSettings(situation),
            () -> withoutSigning(situation),
            () -> withoutEntries(cluster, situation))
        .flatMap(check -> check.get().stream())
        .findFirst();
  }

  private static Optional<Obstacle> withoutVault(BotCluster cluster) {
    return when(
        !Features.isOn(cluster, "vault"),
        "VaultDisabled",
        "bot servers read their settings from a vault and from nowhere else: set vault.mode to"
            + " Managed or External, or botserver.enabled to false");
  }

  private static Optional<Obstacle> foreignPath(BotCluster cluster) {
    var vault = cluster.getSpec().vault();
    return when(
        !MOUNT.equals(vault.mount()) || !PATH.equals(vault.path()),
        "VaultPathUnsupported",
        "bot servers read their settings at secret/gbo only: remove vault.mount and vault.path");
  }

  private static Optional<Obstacle> withoutDrive(BotCluster cluster) {
    return when(
        !Features.isOn(cluster, "seaweedfs"),
        "DriveDisabled",
        "bot servers keep their files in an object store: enable seaweedfs, or name one in"
            + " seaweedfs.external");
  }

  private Optional<Obstacle> waiting(BotCluster cluster, Situation situation) {
    return stores.stream()
        .flatMap(store -> waiting(store, store.health(cluster, situation.facts())).stream())
        .findFirst();
  }

  private static Optional<Obstacle> waiting(Component<BotCluster> store, Health health) {
    return when(
        !health.serves(),
        "WaitingForStores",
        "waits for %s: %s".formatted(store.name(), health.message()));
  }

  /** They write it into a URL as it is. Ours are made so that this does no harm. */
  private static Optional<Obstacle> unwritableLogin(Situation situation) {
    var name = Names.databaseSecret(situation.part());
    return situation
        .facts()
        .find(Secret.class, name)
        .flatMap(login -> LOGIN.stream().filter(key -> !isPlain(login, key)).findFirst())
        .map(
            key ->
                new Obstacle(
                    "LoginUnsupported",
                    "bot servers cannot sign in to the database with a %s of other characters than"
                            .formatted(key)
                        + " letters, digits and -._~: see Secret "
                        + name));
  }

  private static boolean isPlain(Secret login, String key) {
    return PLAIN.matcher(Secrets.text(login, key)).matches();
  }

  private static Optional<Obstacle> withoutSettings(Situation situation) {
    var name = situation.site().sources().vault();
    var address = situation.vault().map(s -> Secrets.text(s, Names.ADDRESS)).orElse("");
    if (isLocal(address)) {
      return Optional.of(
          new Obstacle(
              "VaultAddressUnsupported",
              "bot servers take the vault at %s for one of their own machine: rename what makes it"
                      .formatted(address)
                  + " contain localhost or 127.0.0.1"));
    }
    return when(
        situation.vault().filter(Gate::isWhole).isEmpty(),
        WAITING,
        "waits for the vault's settings: Secret " + name + " is not there yet");
  }

  /** Whoever has this key is whoever he says he is, so that all replicas need the same. */
  private static Optional<Obstacle> withoutSigning(Situation situation) {
    return when(
        situation.signing().isEmpty(),
        WAITING,
        "waits for the key to sign with: Secret %s is not there yet"
            .formatted(situation.site().sources().keys()));
  }

  /** A server reads the vault once: what is not there when it starts it would do without. */
  private Optional<Obstacle> withoutEntries(BotCluster cluster, Situation situation) {
    return situation.deployment().isPresent()
        ? Optional.empty()
        : doubt
            .apply(cluster, situation.facts())
            .map(why -> new Obstacle(WAITING, "waits for the vault's entries: " + why));
  }

  private static boolean isWhole(Secret secret) {
    return !Secrets.text(secret, Names.ADDRESS).isEmpty()
        && !Secrets.text(secret, Names.TOKEN).isEmpty();
  }

  private static boolean isLocal(String address) {
    return address.contains("localhost") || address.contains("127.0.0.1");
  }

  private static Optional<Obstacle> when(boolean holds, String reason, String message) {
    return holds ? Optional.of(new Obstacle(reason, message)) : Optional.empty();
  }
}
