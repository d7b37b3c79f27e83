package io.generalbots.operator.cluster.seaweedfs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who may use the store, and which buckets there are. The gateways read both from files, since a
 * gateway without any identity is open to all.
 */
final class Credentials {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Situation situation;
  private final List<Bucket> buckets;
  private final List<Account> accounts;

  Credentials(Situation situation) {
    this.situation = situation;
    this.buckets = Buckets.of(situation.cluster());
    this.accounts = buckets.stream().map(b -> new Account(situation, b)).toList();
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
    var file = MAPPER.createObjectNode();
    var identities = file.putArray("identities");
    accounts.forEach(account -> account.write(identities.addObject()));
    var names = buckets.stream().map(b -> b.name() + "\n").distinct();
    return Secrets.opaque(
        situation.part().meta(Names.IDENTITIES),
        Map.of("s3.json", file.toString(), "buckets", names.collect(Collectors.joining())));
  }
}
