package io.generalbots.edge.geoip;

import io.generalbots.edge.address.Network;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes small databases in the MaxMind DB format 2.0 (https://maxmind.github.io/MaxMind-DB/): a
 * search tree with a node for each bit, the data, and what describes both.
 *
 * <p>Networks of IPv4 lie below ::/96. Later networks overwrite what is inside of them.
 */
final class MmdbWriter {

  private static final int EMPTY = -1;
  private static final int BITS = 128;
  private static final byte[] SEPARATOR = new byte[16];
  private static final byte[] MARKER =
      "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

  /** Two records for each node: a node, -1 for nothing, or below that a place in the data. */
  private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final int recordSize;

  /** One with so many bits for each record: 24, 28 or 32. */
  MmdbWriter(int recordSize) {
    this.recordSize = recordSize;
  }

  /** The network is in this country of this continent. */
  MmdbWriter with(String network, String country, String continent) {
    return with(
        network,
        Map.of("country", Map.of("iso_code", country), "continent", Map.of("code", continent)));
  }

  /** The network has this record. */
  MmdbWriter with(String network, Map<String, ?> fields) {
    var at = -2 - data.size();
    write(data, fields);
    insert(Network.parse(network), at);
    return this;
  }

  private void insert(Network network, int value) {
    var bytes = network.base().getAddress();
    var skipped = BITS - bytes.length * 8;
    var node = 0;
    for (var bit = 0; bit < skipped + network.length() - 1; bit++) {
      node = next(node, bit < skipped ? 0 : bit(bytes, bit - skipped));
    }
    var last = skipped + network.length() - 1;
    nodes.get(node)[last < skipped ? 0 : bit(bytes, last - skipped)] = value;
  }

  private int next(int node, int side) {
    var records = nodes.get(node);
    if (records[side] < 0) {
      // What was there holds for both halves until one of them is overwritten.
      nodes.add(new int[] {records[side], records[side]});
      records[side] = nodes.size() - 1;
    }
    return records[side];
  }

  private static int bit(byte[] bytes, int index) {
    return (bytes[index / 8] >> (7 - index % 8)) & 1;
  }

  /** The file. */
  byte[] bytes() {
    var file = new ByteArrayOutputStream();
    nodes.forEach(node -> writeNode(file, record(node[0]), record(node[1])));
    file.writeBytes(SEPARATOR);
    file.writeBytes(data.toByteArray());
    file.writeBytes(MARKER);
    write(file, metadata());
    return file.toByteArray();
  }

  private int record(int value) {
    if (value == EMPTY) {
      return nodes.size();
    }
    return value >= 0 ? value : nodes.size() + SEPARATOR.length + (-2 - value);
  }

  private void writeNode(ByteArrayOutputStream to, int left, int right) {
    switch (recordSize) {
      case 24 -> {
        number(to, left, 3);
        number(to, right, 3);
      }
      case 28 -> {
        number(to, left, 3);
        to.write(((left >>> 24) << 4) | (right >>> 24));
        number(to, right, 3);
      }
      default -> {
        number(to, left, 4);
        number(to, right, 4);
      }
    }
  }

  private static void number(ByteArrayOutputStream to, int value, int bytes) {
    IntStream.range(0, bytes).forEach(i -> to.write(value >>> (8 * (bytes - 1 - i))));
  }

  private Map<String, Object> metadata() {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("binary_format_major_version", new Uint(5, 2));
    metadata.put("binary_format_minor_version", new Uint(5, 0));
    metadata.put("build_epoch", new Uint(9, 1_790_000_000));
    metadata.put("database_type", "Test-Country");
    metadata.put("description", Map.of("en", "made by a test"));
    metadata.put("ip_version", new Uint(5, 6));
    metadata.put("languages", List.of("en"));
    metadata.put("node_count", new Uint(6, nodes.size()));
    metadata.put("record_size", new Uint(5, recordSize));
    return metadata;
  }

  /** An unsigned number of a type: 5 has 16 bits, 6 has 32 and 9 has 64. */
  private record Uint(int type, int value) {}

  private static void write(ByteArrayOutputStream to, Object value) {
    if (value instanceof Map<?, ?> map) {
      control(to, 7, map.size());
      map.forEach(
          (key, entry) -> {
            write(to, key);
            write(to, entry);
          });
    } else if (value instanceof List<?> list) {
      control(to, 11, list.size());
      list.forEach(entry -> write(to, entry));
    } else if (value instanceof Uint uint) {
      control(to, uint.type(), Integer.BYTES - Integer.numberOfLeadingZeros(uint.value()) / 8);
      number(to, uint.value(), Integer.BYTES - Integer.numberOfLeadingZeros(uint.value()) / 8);
    } else {
      var text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
      control(to, 2, text.length);
      to.writeBytes(text);
    }
  }

  /** Type and size; types above 7 are in a byte of their own. */
  private static void control(ByteArrayOutputStream to, int type, int size) {
    if (size >= 29) {
      throw new IllegalArgumentException("longer than this writer needs: " + size);
    }
    to.write((type > 7 ? 0 : type << 5) | size);
    if (type > 7) {
      to.write(type - 7);
    }
  }
}
