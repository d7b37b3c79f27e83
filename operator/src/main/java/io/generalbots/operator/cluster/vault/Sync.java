package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.external.vault.Contents;
import io.generalbots.operator.external.vault.FirstSignIn;
import io.generalbots.operator.external.vault.ReaderToken;
import io.generalbots.operator.external.vault.VaultStep;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What has to be done at the vault: one step a round, and written down once it is done. A vault
 * that is as it should be is not asked.
 *
 * @param situation the vault
 * @param entries what it should have
 */
record Sync(Situation situation, Entries entries) {

  /** Often enough that an operator may be away for weeks. */
  private static final Duration RENEWAL = ReaderToken.PERIOD.dividedBy(3);

  /** A step, and what is to be written down then. */
  private record Due(VaultStep step, Progress then) {}

  static Sync of(Situation situation) {
    return new Sync(situation, Entries.of(situation));
  }

  /** The next step, the note of what was done, and what is published for readers. */
  List<Wish> wishes() {
    var due = situation.isExternal() || situation.ready() > 0 ? due() : Optional.<Due>empty();
    var wishes = new ArrayList<Wish>();
    due.ifPresent(d -> wishes.add(new Wish.External(d.step())));
    wishes.add(note(due.map(Due::then).orElseGet(situation::progress)));
    if (isPublished() || isReadable()) {
      wishes.add(new Wish.Managed(published()));
    }
    return wishes;
  }

  /** Whether nothing is left to be done but by others. */
  boolean isDone() {
    return due().isEmpty();
  }

  /** Whether readers have what they need to begin. */
  boolean isPublished() {
    return situation.secret(Names.BOT_SERVER).isPresent();
  }

  /** When the token has to be renewed, without any event. */
  Instant nextLook() {
    return situation.progress().renewed().plus(RENEWAL);
  }

  /** The token comes first: it must not end because an entry cannot be written. */
  private Optional<Due> due() {
    var progress = situation.progress();
    if (!situation.isExternal() && !progress.isInitialised()) {
      return login().map(way -> new Due(new FirstSignIn(way.access()), progress.initialised()));
    }
    return login().flatMap(way -> token(way, progress).or(() -> contents(way, progress)));
  }

  private Optional<Way> login() {
    var way = new Way(situation);
    var known =
        situation.isExternal()
            ? way.missing().isEmpty()
            : situation.secret(Names.OPERATOR).isPresent();
    return Optional.of(way).filter(w -> known);
  }

  private Optional<Due> token(Way way, Progress progress) {
    var token = readerToken();
    var now = situation.facts().now();
    var valid = progress.token().equals(digest(token)) && nextLook().isAfter(now);
    return token.isEmpty() || valid
        ? Optional.empty()
        : Optional.of(
            new Due(
                new ReaderToken(way.access(), place(), Names.BOT_SERVER, token),
                progress.renewed(digest(token), now)));
  }

  /** With another login too: whether the vault takes it is found out at once, and not in need. */
  private Optional<Due> contents(Way way, Progress progress) {
    var digest = digest("%s %s %s".formatted(place(), entries.known(), way.shown()));
    if (progress.contents().equals(digest)) {
      return Optional.empty();
    }
    var wanted = new TreeSet<>(entries.paths());
    var obsolete = progress.paths().stream().filter(p -> !wanted.contains(p)).toList();
    var paths = new TreeSet<>(progress.paths());
    paths.retainAll(entries.missing().keySet());
    paths.addAll(entries.known().keySet());
    return Optional.of(
        new Due(
            new Contents(way.access(), place(), entries.known(), obsolete),
            progress.written(digest, List.copyOf(paths))));
  }

  /** A note about one vault says nothing of another. */
  private String digest(String text) {
    return Digest.sha256(new Way(situation).address() + "\n" + text);
  }

  private Contents.Place place() {
    return new Contents.Place(situation.spec().mount(), situation.spec().path());
  }

  private Wish note(Progress progress) {
    var counted = situation.isExternal() ? 0 : new Scaling(situation).voters();
    var secret = progress.counting(counted).secret(situation.part());
    return situation.retains() ? new Wish.Kept(secret) : new Wish.Managed(secret);
  }

  /** Readers would begin with whatever they find: not before it is there. */
  private boolean isReadable() {
    var progress = situation.progress();
    return !readerToken().isEmpty()
        && progress.token().equals(digest(readerToken()))
        && !progress.contents().isEmpty()
        && !entries.lacksNeeded(situation.spec().path());
  }

  private Secret published() {
    var way = new Way(situation);
    return Secrets.opaque(
        situation.part().meta(Names.BOT_SERVER),
        Map.of(
            "address",
            way.address(),
            "token",
            readerToken(),
            Names.AUTHORITY,
            way.authority(),
            "mount",
            situation.spec().mount(),
            "path",
            situation.spec().path()));
  }

  private String readerToken() {
    return situation.text(Names.TOKENS, Names.BOT_SERVER);
  }
}
