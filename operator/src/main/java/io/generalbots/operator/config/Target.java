package io.generalbots.operator.config;

import io.generalbots.operator.schema.Definitions;
import io.generalbots.operator.schema.Schema;
import java.util.List;
import java.util.Map;

/** The kinds that have fields for settings. */
public enum Target {
  /** Most of them. */
  BOT_CLUSTER("BotCluster"),
  /** Those of sharding. */
  SHARD_POLICY("ShardPolicy");

  private final String kind;

  Target(String kind) {
    this.kind = kind;
  }

  /** The kind as a manifest names it. */
  public String kind() {
    return kind;
  }

  /** The schema of the whole object. */
  public Schema schema() {
    return this == BOT_CLUSTER ? Definitions.botCluster() : Definitions.shardPolicy();
  }

  ConfigKey flag(String name, String field) {
    return key(name, field, new Form.Flag());
  }

  ConfigKey number(String name, String field) {
    return key(name, field, new Form.Count());
  }

  ConfigKey text(String name, String field) {
    return key(name, field, new Form.Text());
  }

  ConfigKey names(String name, String field) {
    return key(name, field, new Form.Several(new Form.Text()));
  }

  ConfigKey choice(String name, String field, String... words) {
    return key(name, field, new Form.Choice(List.of(words), Map.of()));
  }

  ConfigKey choices(String name, String field, String... words) {
    return key(name, field, new Form.Several(new Form.Choice(List.of(words), Map.of())));
  }

  ConfigKey key(String name, String field, Form form) {
    return new ConfigKey(name, this, FieldPath.of("spec." + field), form);
  }
}
