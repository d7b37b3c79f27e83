package io.generalbots.operator.e2e;

import java.util.concurrent.TimeUnit;

/** What may become of a server that goes on to run. */
enum Fault {
  /** It takes connections and answers none. */
  HANG {
    @Override
    Ending begin(Processes server, String process) {
      server.signal("STOP", process);
      return () -> server.signal("CONT", process);
    }
  },

  /** Whoever wants a connection is refused. */
  REFUSE {
    @Override
    Ending begin(Processes server, String process) {
      server.refuse();
      return server::accept;
    }
  },

  /** It goes on every quarter of a minute for a moment: nobody waits that long for an answer. */
  SLOW {
    @Override
    Ending begin(Processes server, String process) {
      return Pauses.of(server, process, TimeUnit.SECONDS.toMillis(15));
    }
  },

  /** It stands still for half of each second: everybody waits that long. */
  SLUGGISH {
    @Override
    Ending begin(Processes server, String process) {
      return Pauses.of(server, process, 500);
    }
  };

  /** What ends it. */
  interface Ending {
    void end();
  }

  abstract Ending begin(Processes server, String process);
}
