package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;

/** The folders of a bot server: nothing else of its image can be written to. */
record Mounts(Situation situation) {

  static final String SCRIPTS_FOLDER = "/etc/botserver";

  private static final String SCRIPTS = "scripts";
  private static final String WORK = "work";
  private static final String DATA = "data";
  private static final String LOGS = "logs";
  private static final String TMP = "tmp";
  private static final String SCRATCH = "256Mi";

  List<Volume> volumes() {
    var volumes = new ArrayList<Volume>();
    volumes.add(Volumes.configMap(SCRIPTS, situation.part().name()));
    volumes.add(work());
    volumes.add(Volumes.scratch(DATA, SCRATCH));
    volumes.add(Volumes.scratch(LOGS, SCRATCH));
    volumes.add(Volumes.scratch(TMP, SCRATCH));
    volumes.addAll(List.of(new Authorities(situation).volumes()));
    situation.site().door().ifPresent(door -> volumes.addAll(door.volumes()));
    return volumes;
  }

  List<VolumeMount> mounts() {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(Volumes.readOnly(SCRIPTS, SCRIPTS_FOLDER));
    mounts.add(Volumes.mount(WORK, Names.WORK));
    mounts.add(Volumes.mount(DATA, Names.HOME + "/" + DATA));
    mounts.add(Volumes.mount(LOGS, Names.HOME + "/" + LOGS));
    mounts.add(Volumes.mount(TMP, "/" + TMP));
    mounts.addAll(List.of(new Authorities(situation).mounts()));
    return mounts;
  }

  private Volume work() {
    var claim = new WorkVolume(situation).claim();
    return new VolumeBuilder()
        .withName(WORK)
        .withPersistentVolumeClaim(new PersistentVolumeClaimVolumeSource(claim, null))
        .build();
  }
}
