package io.generalbots.operator.tenant.cell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The volumes in the spec of a Cell. One that is there never shrinks and keeps its class, whatever
 * the BotCluster and the limits of the Tenant have become since.
 *
 * @param spec that is being made, as a tree
 * @param live the spec that is there; empty at first
 */
record Disks(ObjectNode spec, Optional<ObjectNode> live) {

  private static final List<String> ALL =
      List.of(
          "/botserver/workVolume",
          "/postgres/storage",
          "/valkey/persistence",
          "/qdrant/storage",
          "/seaweedfs/volumes/storage",
          "/seaweedfs/filers/storage",
          "/vault/storage");

  private static final String SIZE = "size";
  private static final String CLASS = "storageClass";
  private static final String GROWTH = "autoGrow";
  private static final String MOST = "maxSize";

  /** A volume is to have at least this. */
  void atLeast(String path, Quantity size) {
    raise(spec.withObject(path), SIZE, size.toString());
  }

  /** A volume is to have just this, unless it has more already, and is not to grow by itself. */
  void size(String path, Quantity size) {
    var disk = spec.withObject(path);
    disk.put(SIZE, size.toString());
    disk.remove(GROWTH);
  }

  /** What cannot change stays as it is. */
  void keep() {
    ALL.forEach(path -> live.ifPresent(l -> keep(spec.withObject(path), l.withObject(path))));
    ALL.stream().map(spec::withObject).forEach(Disks::leaveRoom);
  }

  private static void keep(ObjectNode disk, ObjectNode former) {
    if (former.has(SIZE)) {
      raise(disk, SIZE, former.get(SIZE).asText());
      disk.remove(CLASS);
      Optional.ofNullable(former.get(CLASS)).ifPresent(name -> disk.set(CLASS, name));
    }
  }

  /** What grows by itself may not end below where it begins. */
  private static void leaveRoom(ObjectNode disk) {
    if (disk.get(GROWTH) instanceof ObjectNode growth) {
      raise(growth, MOST, disk.path(SIZE).asText());
    }
  }

  private static void raise(ObjectNode holder, String field, String least) {
    Stream.of(holder.path(field).asText(), least)
        .filter(text -> !text.isEmpty())
        .max((one, other) -> bytes(one).compareTo(bytes(other)))
        .ifPresent(text -> holder.put(field, text));
  }

  private static java.math.BigDecimal bytes(String quantity) {
    return Quantity.getAmountInBytes(Quantity.parse(quantity));
  }
}
