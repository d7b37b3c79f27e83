package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages in a stream of the BotCluster's Valkey, and a group of readers that is to work on them.
 *
 * @param valkey where the stream is
 */
record WaitingOrders(ValkeyPods valkey) {

  static final String STREAM = "e2e-orders";

  private static final String PUT =
      "for i = 1, tonumber(ARGV[1]) do redis.call('XADD', KEYS[1], '*', 'order', i) end"
          + " return redis.call('XLEN', KEYS[1])";

  private static final String WORK =
      "local told = redis.call('XREADGROUP', 'GROUP', 'bots', 'e2e', 'COUNT', ARGV[1], 'STREAMS', KEYS[1], '>')"
          + " for _, entry in ipairs(told[1][2]) do redis.call('XACK', KEYS[1], 'bots', entry[1]) end"
          + " return #told[1][2]";

  /** Puts as many there, all at once. */
  void put(int messages) {
    command("XGROUP CREATE %s bots 0 MKSTREAM".formatted(STREAM), "OK");
    script(PUT, messages);
  }

  /** Has as many handed out and done. */
  void work(int messages) {
    script(WORK, messages);
  }

  private void script(String script, int messages) {
    command("EVAL \"%s\" 1 %s %d".formatted(script, STREAM, messages), Integer.toString(messages));
  }

  private void command(String command, String answer) {
    assertThat(valkey.command(valkey.primary(), command)).isEqualTo(answer);
  }
}
