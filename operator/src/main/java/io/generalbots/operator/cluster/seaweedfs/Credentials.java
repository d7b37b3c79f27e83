package io.generalbots.operator.cluster.seaweedfs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may use the store, and which buckets there are. The gateways read both from files, since a
 * gateway without any identity is open to all.
 */
final class Credentials {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Situation situation;
  private final List<Bucket> buckets;
  private final List<Account> accounts;
  private final TenantKeys tenants;

  Credentials(Situation situation) {
    this.situation = situation;
    this.buckets = Buckets.of(situation.cluster());
    this.accounts = buckets.stream().map(b -> new Account(situation, b)).toList();
    this.tenants = TenantKeys.of(situation);
  }

  List<Wish> wishes() {
    var wishes = new ArrayList<Wish>();
    accounts.stream().flatMap(Account::wishes).forEach(wishes::add);
    wishes.add(new Wish.Managed(files()));
    return wishes;
  }

  /**
   * Half a login opens the store to nobody, none at all would open it to everybody, and of two with
   * one name the latter would take the place of the former.
   */
  Optional<String> trouble() {
    var known = new HashMap<String, String>();
    for (var account : accounts) {
      if (!account.isWhole()) {
        return Optional.of("Secret %s needs a username and a password".formatted(account.secret()));
      }
      var other = Optional.ofNullable(known.put(account.username(), account.secret()));
      if (other.isPresent()) {
        return Optional.of(
            "Secrets %s and %s have the same username".formatted(other.get(), account.secret()));
      }
    }
    return Optional.empty();
  }

  private Secret files() {
    var files = new HashMap<String, String>();
    files.put("s3.json", identities());
    files.put("buckets", lines(buckets.stream().map(Bucket::name)));
    var others = lines(tenants.buckets());
    if (!others.isEmpty()) {
      files.put("tenant-buckets", others);
    }
    return Secrets.opaque(situation.part().meta(Names.IDENTITIES), files);
  }

  private String identities() {
    var file = MAPPER.createObjectNode();
    var array = file.putArray("identities");
    var all = letIn();
    all.forEach(identity -> identity.write(array.addObject()));
    var names = all.stream().map(Identity::name).toList();
    known().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> Identity.writeClosed(name, array.addObject()));
    var policies = all.stream().flatMap(i -> i.policy().stream()).distinct().toList();
    if (!policies.isEmpty()) {
      var texts = file.putArray("policies");
      policies.forEach(policy -> policy.write(texts.addObject()));
    }
    return file.toString();
  }

  /** The platform's own first; their names and keys are taken. */
  private List<Identity> letIn() {
    var own = accounts.stream().map(Account::identity).toList();
    var taken =
        own.stream().flatMap(i -> Stream.of(i.name(), i.accessKey())).collect(Collectors.toSet());
    var theirs = tenants.identities().filter(i -> !taken.contains(i.name()));
    return Stream.concat(own.stream(), theirs).toList();
  }

  /** Whom the gateways may know from before. */
  private List<String> known() {
    return situation
        .facts()
        .find(Secret.class, situation.part().name(Names.IDENTITIES))
        .map(secret -> Secrets.text(secret, "s3.json"))
        .map(Credentials::names)
        .orElseGet(List::of);
  }

  private static List<String> names(String file) {
    try {
      return MAPPER.readTree(file).path("identities").findValuesAsText("name");
    } catch (JsonProcessingException e) {
      // Whatever somebody made of it, the gateways could not read it either.
      return List.of();
    }
  }

  private static String lines(Stream<String> names) {
    return names.distinct().map(name -> name + "\n").collect(Collectors.joining());
  }
}
