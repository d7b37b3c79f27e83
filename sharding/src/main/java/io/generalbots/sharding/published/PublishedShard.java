package io.generalbots.sharding.published;

/**
 * A shard and where it is.
 *
 * @param name of its own
 * @param endpoint host and port of its pooler
 * @param database name of the database there
 * @param ready whether it serves now
 */
public record PublishedShard(String name, String endpoint, String database, boolean ready) {

  /** Refuses what could not be told a client as it is. */
  public PublishedShard {
    Form.NAME.checked("the name of a shard", name);
    Form.ENDPOINT.checked("the endpoint of shard " + name, endpoint);
    Form.DATABASE.checked("the database of shard " + name, database);
  }
}
