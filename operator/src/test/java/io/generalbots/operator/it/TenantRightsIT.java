package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.e2e.Tried;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What a team that may write Tenants and Secrets of its own namespace gets of others by it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class TenantRightsIT {

  private static final String HOME = "e2e-kernel-rights";
  private static final int UNPROCESSABLE = 422;
  private static final Set<String> OTHERS =
      Set.of("acme", "acme.example.com", "bots.example.com", "acme-bot", "default", "calls");
  private static final String HERE = "{name: demo, namespace: %s}".formatted(HOME);

  private static final String ADMITS =
      "hibernate: true, livekit: {enabled: false, recording: {bucket: calls.gbai}}, tenants:"
          + " {allowedNamespaces: {from: Selector, selector: {matchLabels:"
          + " {kubernetes.io/metadata.name: e2e-kernel-rights-team}}}}";
  private static final String PRIVATE =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: private, namespace: e2e-kernel-rights}
      spec: {hibernate: true, domain: private.example.com}
      """;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Team TEAM = Team.of(CLIENT, "e2e-kernel-rights-team");
  private static final Subject SUBJECT = new Subject(CLIENT, HOME);
  private static final Customer ACME = new Customer(CLIENT, HOME, "acme");

  @BeforeAll
  static void aTeamThatIsAdmitted() {
    Customer.giveUpAll(CLIENT, HOME);
    TEAM.begin();
    SUBJECT.begin(ADMITS);
    CLIENT.resource(PRIVATE).inNamespace(HOME).create();
    ACME.create("hosts: [acme.example.com], bots: [{name: acme-bot}]");
    registered("acme");
  }

  @AfterAll
  static void remove() {
    Customer.giveUpAll(CLIENT, HOME);
    TEAM.end();
    SUBJECT.end();
    TEAM.close();
  }

  @Test
  @Order(1)
  void noTenantGetsWhatIsAnothers() {
    var before = registered("acme");
    var through = new ArrayList<String>();
    var refused = new ArrayList<String>();
    var all = Intrusion.all();
    for (var one : all) {
      attempt(one, through);
      control(one, refused);
    }
    var tried = new Tried("Kubernetes", all.size(), through, refused).told();
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThan(12);
    assertThat(registered("acme")).isEqualTo(before);
  }

  @Test
  @Order(2)
  void nothingElseIsOpenToTheTeam() {
    var client = TEAM.client();
    forbidden(() -> client.secrets().inNamespace(HOME).list());
    forbidden(() -> client.secrets().inNamespace(HOME).withName("demo-tenant-acme").get());
    forbidden(() -> client.resources(Tenant.class).inNamespace(HOME).list());
    forbidden(() -> client.resources(BotCluster.class).inNamespace(HOME).list());
    forbidden(() -> client.pods().inNamespace(HOME).list());
    forbidden(() -> client.resource(forged(HOME)).create());
    assertThat(client.secrets().inNamespace(TEAM.namespace()).list().getItems()).isNotNull();
  }

  @Test
  @Order(3)
  void aForgedRegistrationCountsOnlyBesideTheBotCluster() {
    TEAM.client().resource(forged(TEAM.namespace())).create();
    // What came of it would be there by the time the operator has acted upon what came after it.
    TEAM.tenant("later").createOn(HERE, "hosts: [forged.example.com]");
    assertThat(registered("later").hosts()).containsExactly("forged.example.com");
    assertThat(awaitUser("t-later-a")).doesNotContain("t-forged-a");
    CLIENT.resource(forged(HOME)).create();
    assertThat(awaitUser("t-forged-a")).contains("t-later-a");
  }

  @Test
  @Order(4)
  void whatItWritesIntoItsOwnSecretsGivesItNoLoginOfOthers() {
    var acme = registered("acme");
    var own = TEAM.tenant("own");
    own.createOn(HERE, "hosts: []");
    registered("own");
    var seed = TEAM.client().secrets().inNamespace(TEAM.namespace()).withName("own-seed");
    seed.edit(TenantRightsIT::misused);
    own.patch("{\"hosts\":[\"own.example.com\"]}");
    var name = Registration.secretName(Subject.NAME, "own");
    SUBJECT.await(
        Secret.class, name, s -> Registration.of(s).filter(r -> r.hosts().size() == 1).isPresent());
    assertThat(registered("own").cache()).isNotEmpty().allMatch(login -> login.isOf("own"));
    assertThat(registered("acme")).isEqualTo(acme);
  }

  private static Secret misused(Secret seed) {
    return new SecretBuilder(seed)
        .editMetadata()
        .addToAnnotations("generalbots.io/generation", "7")
        .addToAnnotations("generalbots.io/provisioned", "acme")
        .endMetadata()
        .addToStringData("seed", "known")
        .build();
  }

  private static void attempt(Intrusion one, List<String> through) {
    var tenant = TEAM.tenant(one.name());
    try {
      tenant.createOn(one.reference(), one.spec());
      if (one.isRefusedAtOnce()) {
        through.add(one.what() + ": it was created");
      } else {
        tenant.awaitTold(one.type(), one.reason());
      }
    } catch (KubernetesClientException e) {
      if (!one.isRefusedAtOnce() || e.getCode() != UNPROCESSABLE) {
        through.add(one.what() + ": " + e.getMessage());
      }
    }
    TEAM.given(HOME).filter(OTHERS::contains).forEach(v -> through.add(one.what() + ": has " + v));
    giveUpAll();
  }

  private static void control(Intrusion one, List<String> refused) {
    TEAM.tenant(one.controlName()).createOn(HERE, one.control());
    var has = registered(one.controlName());
    if (has.hosts().isEmpty() && has.bots().isEmpty()) {
      refused.add(one.what() + ": " + has);
    }
    giveUpAll();
    SUBJECT.awaitGone(Secret.class, Registration.secretName(Subject.NAME, one.controlName()));
  }

  /** What a Tenant leaves keeps its name, until who runs the platform removes it. */
  private static void giveUpAll() {
    TEAM.giveUpAll();
    CLIENT.secrets().inNamespace(HOME).withLabel(Labels.COMPONENT, Remains.COMPONENT).delete();
  }

  private static void forbidden(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> assertThat(e.getCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN));
  }

  private static Secret forged(String namespace) {
    var secret = Registered.secret(new Registered("forged", TEAM.namespace()).registration());
    secret.getMetadata().setNamespace(namespace);
    return secret;
  }

  /** What the servers of the cache are told, once it has this user. */
  private static String awaitUser(String user) {
    var secret = SUBJECT.await(Secret.class, "demo-valkey-users", s -> acl(s).contains(user));
    return acl(secret);
  }

  private static String acl(Secret secret) {
    return Secrets.text(secret, "tenants");
  }

  private static Registration registered(String tenant) {
    var name = Registration.secretName(Subject.NAME, tenant);
    return Registration.of(SUBJECT.await(Secret.class, name, s -> Registration.of(s).isPresent()))
        .orElseThrow();
  }
}
