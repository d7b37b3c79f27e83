package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has been done at the vault, written down where the next operator finds it, so that a vault
 * that is as it should be is never asked. A Secret, since digests of values could be guessed at.
 *
 * @param isInitialised whether the data of our own servers is in use
 * @param voters how many of our own servers have been seen to work together
 * @param contents the digest of what was written last
 * @param paths the entries we have written
 * @param token the digest of the reader's token
 * @param renewed when that token was last made valid for another period
 */
record Progress(
    boolean isInitialised,
    int voters,
    String contents,
    List<String> paths,
    String token,
    Instant renewed) {

  private static final String INITIALISED = "initialised";
  private static final String VOTERS = "voters";
  private static final String CONTENTS = "contents";
  private static final String PATHS = "paths";
  private static final String TOKEN = "token";
  private static final String RENEWED = "token-renewed-at";

  Progress {
    paths = List.copyOf(paths);
  }

  static Progress of(Optional<Secret> secret) {
    return secret
        .map(Progress::read)
        .orElseGet(() -> new Progress(false, 0, "", List.of(), "", Instant.EPOCH));
  }

  Progress initialised() {
    return new Progress(true, voters, contents, paths, token, renewed);
  }

  Progress counting(int votes) {
    return new Progress(isInitialised, votes, contents, paths, token, renewed);
  }

  Progress written(String digest, List<String> at) {
    return new Progress(isInitialised, voters, digest, at, token, renewed);
  }

  Progress renewed(String digest, Instant now) {
    return new Progress(isInitialised, voters, contents, paths, digest, now);
  }

  Secret secret(Part part) {
    return Secrets.opaque(
        part.meta(Names.PROGRESS),
        Map.of(
            INITIALISED, String.valueOf(isInitialised),
            VOTERS, String.valueOf(voters),
            CONTENTS, contents,
            PATHS, String.join("\n", paths),
            TOKEN, token,
            RENEWED, renewed.toString()));
  }

  private static Progress read(Secret secret) {
    return new Progress(
        Boolean.parseBoolean(Secrets.text(secret, INITIALISED)),
        number(Secrets.text(secret, VOTERS)),
        Secrets.text(secret, CONTENTS),
        Secrets.text(secret, PATHS).lines().toList(),
        Secrets.text(secret, TOKEN),
        time(Secrets.text(secret, RENEWED)));
  }

  private static int number(String text) {
    return text.chars().allMatch(Character::isDigit) && !text.isEmpty()
        ? Integer.parseInt(text)
        : 0;
  }

  /** One that is no time is long past: the token is then renewed at once. */
  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
