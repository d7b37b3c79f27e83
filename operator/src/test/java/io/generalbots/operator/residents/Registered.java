package io.generalbots.operator.residents;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kube.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registrations as tests write them, beside the BotCluster demo: each with one login for each
 * store, in slot a.
 *
 * @param tenant its name, also of its only bot
 * @param namespace where the Tenant would be
 */
public record Registered(String tenant, String namespace) {

  /** What its login is called everywhere. */
  public String login() {
    return "t-" + tenant + "-a";
  }

  /** Of its login, everywhere. */
  public String password() {
    return "password-of-" + tenant;
  }

  public Registration registration() {
    var cache = List.of(new Login(login(), Digest.sha256(password())));
    var drive = List.of(new Login(login(), password()));
    return new Registration(
        tenant,
        namespace,
        "uid-of-" + tenant,
        List.of(tenant + ".example.com"),
        List.of(tenant),
        false,
        new Allowance(64, 128, 10, 600),
        cache,
        drive,
        drive,
        cache,
        false,
        false,
        false,
        Map.of(),
        "",
        "");
  }

  /** The same, with its database on the server of a shard. */
  public Registration on(String server) {
    var home = registration();
    return new Registration(
        home.tenant(),
        home.namespace(),
        home.uid(),
        home.hosts(),
        home.bots(),
        home.suspended(),
        home.allowance(),
        home.cache(),
        home.drive(),
        home.rooms(),
        home.vectors(),
        home.ownServers(),
        home.cell(),
        home.schema(),
        home.restraints(),
        server,
        "");
  }

  /** The same, closed. */
  public Registration suspended() {
    var open = registration();
    return new Registration(
        open.tenant(),
        open.namespace(),
        open.uid(),
        open.hosts(),
        open.bots(),
        true,
        open.allowance(),
        open.cache(),
        open.drive(),
        open.rooms(),
        open.vectors(),
        false,
        false,
        false,
        Map.of(),
        "",
        "");
  }

  /** The same, with more in this store than it may have. */
  public Registration restrained(String store) {
    var free = registration();
    return new Registration(
        free.tenant(),
        free.namespace(),
        free.uid(),
        free.hosts(),
        free.bots(),
        false,
        free.allowance(),
        free.cache(),
        free.drive(),
        free.rooms(),
        free.vectors(),
        false,
        false,
        false,
        Map.of(store, Restraint.READ_ONLY),
        "",
        "");
  }

  /** As the Tenant's loop would leave it. */
  public static Secret secret(Registration registration) {
    return secret(registration, true);
  }

  /** The same of one that not every store lets in. */
  public static Secret secret(Registration registration, boolean ready) {
    var secret = registration.secret("demo", ready);
    var labels = new HashMap<>(secret.getMetadata().getLabels());
    labels.put(Labels.MANAGED_BY, Labels.OPERATOR);
    labels.put(Labels.CLUSTER, "demo");
    labels.put(Labels.COMPONENT, Registration.COMPONENT);
    secret.getMetadata().setLabels(labels);
    return secret;
  }
}
