package io.generalbots.operator.cluster.valkey;

import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Residents;
import io.generalbots.operator.residents.TenantNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The users of Tenants. What they may do is listed, not what they may not: a command that a newer
 * server brings is closed until somebody has looked at it. It is the same for all and said once:
 * with it in every line, a Secret would be full with a thousand of them.
 */
final class TenantUsers {

  /** Commands that touch no more than the keys and channels that they name. */
  private static final List<String> ALLOWED =
      List.of(
          "+@string +@hash +@list +@set +@sortedset +@stream +@bitmap +@hyperloglog +@geo",
          "+@transaction -@admin -@dangerous",
          "+del +unlink +exists +expire +expireat +pexpire +pexpireat +expiretime +pexpiretime",
          "+ttl +pttl +persist +type +touch +rename +renamenx +copy +dump",
          "+object|encoding +object|freq +object|idletime +object|refcount",
          "+publish +subscribe +unsubscribe +psubscribe +punsubscribe",
          "+spublish +ssubscribe +sunsubscribe",
          // A script may do what its caller may, with the keys that are the caller's.
          "+eval +eval_ro +evalsha +evalsha_ro +script|load +script|exists",
          // Not client|tracking: it tells of everybody's keys.
          "+auth +hello +ping +echo +quit +reset +time +command +acl|whoami",
          "+client|setname +client|getname +client|setinfo +client|id +client|info",
          "+client|reply +client|no-touch");

  /** After those: nothing that makes a key grow, and all that makes one smaller or go. */
  private static final List<String> SHRINKING =
      List.of(
          "-@write +del +unlink +getdel +expire +expireat +pexpire +pexpireat",
          "+hdel +lpop +rpop +lmpop +blpop +brpop +blmpop +lrem +ltrim +srem +spop",
          "+zrem +zpopmin +zpopmax +zmpop +bzpopmin +bzpopmax +bzmpop",
          "+zremrangebyrank +zremrangebyscore +zremrangebylex +xdel +xtrim +xack");

  private static final String FREE = "free";

  /** The rules for who has more than it may. */
  private static final String HELD = "held";

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private TenantUsers() {}

  /** What each may do with its own keys and channels, in one line by the name of the rules. */
  static String rules() {
    var free = String.join(" ", ALLOWED);
    return "%s %s\n%s %s %s\n".formatted(FREE, free, HELD, free, String.join(" ", SHRINKING));
  }

  /** One line for each login that is let in; connections of others end. */
  static Stream<String> lines(Facts facts) {
    return Residents.of(facts).stream().filter(r -> !r.suspended()).flatMap(TenantUsers::lines);
  }

  private static Stream<String> lines(Registration resident) {
    return resident.cache().stream()
        .filter(login -> isSound(login, resident))
        .map(login -> line(login, resident));
  }

  /** A line that the servers cannot read would keep everybody's changes from them. */
  private static boolean isSound(Login login, Registration resident) {
    return login.isOf(resident.tenant()) && SHA_256.matcher(login.secret()).matches();
  }

  /**
   * Name, digest, what keys and channels begin with, and by which rules: the servers' scripts write
   * it out.
   */
  private static String line(Login login, Registration resident) {
    var prefix = TenantNames.cachePrefix(resident.tenant());
    var rules = resident.isRestrained(Names.COMPONENT) ? HELD : FREE;
    return "%s %s %s %s\n".formatted(login.name(), login.secret(), prefix, rules);
  }
}
