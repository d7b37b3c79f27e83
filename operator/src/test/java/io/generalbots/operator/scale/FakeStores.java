package io.generalbots.operator.scale;

import io.generalbots.operator.external.BotDefaults;
import io.generalbots.operator.external.Doorway;
import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.drive.DriveFile;
import io.generalbots.operator.external.qdrant.Tending;
import io.generalbots.operator.external.tenant.ClaimBuckets;
import io.generalbots.operator.external.tenant.ClearCache;
import io.generalbots.operator.external.tenant.ClearDrive;
import io.generalbots.operator.external.tenant.ClearVectors;
import io.generalbots.operator.external.tenant.CloseDatabase;
import io.generalbots.operator.external.tenant.CloseRooms;
import io.generalbots.operator.external.tenant.EnterCache;
import io.generalbots.operator.external.tenant.EnterDrive;
import io.generalbots.operator.external.tenant.EnterRooms;
import io.generalbots.operator.external.tenant.EnterVectors;
import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.external.vault.CloseVault;
import io.generalbots.operator.external.vault.OpenVault;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.StepDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Stores in which everything is done at once, or that give no answer. */
final class FakeStores {

  /** What the drivers wait for an answer of a cache. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Doorway doorway = new Doorway();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private volatile String silent = "";

  /** All whose name has this word in it give no answer from now on; with none all do. */
  void silence(String word) {
    silent = word;
  }

  long done() {
    return done.getAndSet(0);
  }

  long unanswered() {
    return unanswered.getAndSet(0);
  }

  List<StepDriver<?>> drivers() {
    var drivers = new ArrayList<StepDriver<?>>();
    drivers.add(at(OpenDatabase.class));
    drivers.add(at(CloseDatabase.class));
    drivers.add(at(EnterCache.class));
    drivers.add(at(ClearCache.class));
    drivers.add(at(ClaimBuckets.class));
    drivers.add(at(EnterDrive.class));
    drivers.add(at(ClearDrive.class));
    drivers.add(at(EnterRooms.class));
    drivers.add(at(CloseRooms.class));
    drivers.add(at(EnterVectors.class));
    drivers.add(at(ClearVectors.class));
    drivers.add(at(OpenVault.class));
    drivers.add(at(CloseVault.class));
    drivers.add(new Fake<>(BotDefaults.class));
    drivers.add(new Fake<>(DriveFile.class));
    drivers.add(new Fake<>(Tending.class));
    return drivers;
  }

  private <S extends ServerStep> StepDriver<S> at(Class<S> type) {
    return doorway.before(new Fake<>(type));
  }

  private void perform(Step step) {
    if (step instanceof ServerStep at && !silent.isEmpty() && at.server().contains(silent)) {
      unanswered.incrementAndGet();
      hang(at.server());
    }
    done.incrementAndGet();
  }

  private static void hang(String server) {
    try {
      Thread.sleep(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StepFailure(server, new TimeoutException());
  }

  /** Does nothing. */
  private final class Fake<S extends Step> implements StepDriver<S> {

    private final Class<S> type;

    Fake(Class<S> type) {
      this.type = type;
    }

    @Override
    public Class<S> type() {
      return type;
    }

    @Override
    public void perform(S step, String namespace) {
      FakeStores.this.perform(step);
    }
  }
}
