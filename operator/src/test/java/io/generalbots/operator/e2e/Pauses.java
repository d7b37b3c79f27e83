package io.generalbots.operator.e2e;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Pauses in which a server stands still, with moments between them in which it goes on.
 *
 * @param server whose processes
 * @param process their name
 * @param clock what begins and ends them
 */
record Pauses(Processes server, String process, ScheduledExecutorService clock)
    implements Fault.Ending {

  static Pauses of(Processes server, String process, long milliseconds) {
    var pauses = new Pauses(server, process, Executors.newSingleThreadScheduledExecutor());
    var period = milliseconds + Math.min(milliseconds, 500);
    pauses.schedule("STOP", 0, period);
    pauses.schedule("CONT", milliseconds, period);
    return pauses;
  }

  private void schedule(String signal, long first, long period) {
    // Whatever goes wrong in there, the end asserts that the processes can be told to go on.
    var unused =
        clock.scheduleAtFixedRate(
            () -> server.signal(signal, process), first, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void end() {
    clock.shutdownNow();
    try {
      clock.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("the pauses do not end", e);
    }
    server.signal("CONT", process);
  }
}
