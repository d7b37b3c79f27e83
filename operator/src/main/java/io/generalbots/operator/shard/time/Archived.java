package io.generalbots.operator.shard.time;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A partition in the archive, as the pod said that wrote it there. What a pod says is read with
 * care: whoever may write ConfigMaps in the namespace could have said it.
 *
 * @param table it was a part of
 * @param partition its name
 * @param from its first moment; empty for none
 * @param to the first moment after it; empty for none
 * @param rows in it
 * @param digest a number that follows from all rows
 * @param bytes of the dump
 * @param bucket where that is
 * @param key of it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Archived(
    String table,
    String partition,
    String from,
    String to,
    long rows,
    String digest,
    long bytes,
    String bucket,
    String key) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Pattern TIME = Pattern.compile("[-0-9:.TZ]{0,40}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,60}");
  private static final Pattern PLACE = Pattern.compile("[a-z0-9][-a-z0-9._/]{0,251}");

  /** Empty where the words are no such thing. */
  static Optional<Archived> read(String words) {
    try {
      return Optional.ofNullable(MAPPER.readValue(words, Archived.class)).filter(Archived::isSound);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  String line() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an archive cannot be written down", e);
    }
  }

  /** What the server has to find once more before it removes the partition. */
  String sum() {
    return rows + " " + digest;
  }

  private boolean isSound() {
    return Stream.of(table, partition, from, to, digest, bucket, key).allMatch(Objects::nonNull)
        && NAME.matcher(table).matches()
        && NAME.matcher(partition).matches()
        && TIME.matcher(from).matches()
        && TIME.matcher(to).matches()
        && NUMBER.matcher(digest).matches()
        && PLACE.matcher(bucket).matches()
        && PLACE.matcher(key).matches()
        && rows >= 0
        && bytes >= 0;
  }
}
