package io.generalbots.operator.e2e;

/**
 * Writes rows into a table one after the other, from within its server, and remembers what became
 * of each.
 *
 * @param postgres where the table is
 */
record TableWriter(PostgresCluster postgres) {

  /** As the bot servers' own role, each row a transaction of a session that goes on. */
  private static final String WRITE =
      """
      cd /tmp && rm -f acked failed stop
      ( n=0
        until [ -e stop ]; do
          n=$((n + 1))
          echo "INSERT INTO public.message_history (user_id, content) SELECT id, 'live' FROM public.users LIMIT 1 RETURNING 'acked';"
          sleep 0.01
        done ) | psql -U postgres -d botserver -Atq -v ON_ERROR_STOP=0 -c 'SET ROLE botserver' -f - >acked 2>failed &
      disown
      """;

  private static final String END =
      """
      cd /tmp && touch stop && while pgrep -u "$(id -u)" -f 'psql -U postgres -d botserver -Atq -v' >/dev/null; do sleep 0.1; done
      grep -c acked acked; cat failed
      """;

  void start() {
    postgres.exec(postgres.primary(), "bash", "-c", "{\n" + WRITE + "} </dev/null >/dev/null 2>&1");
  }

  /** How many rows were acknowledged, and in further lines what any of them was refused for. */
  String end() {
    return postgres.exec(postgres.primary(), "bash", "-c", END);
  }
}
