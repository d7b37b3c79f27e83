package io.generalbots.operator.cluster.seaweedfs;

import io.generalbots.operator.cluster.seaweedfs.Configuration.Script;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of the roles; Kubernetes fills in the variables. */
record Commands(Situation situation) {

  private static final String[] PROGRAM = {"weed", "-logtostderr=true"};

  List<String> of(Role role) {
    return switch (role) {
      case MASTER -> weed(role, master());
      case VOLUME -> weed(role, volume());
      case FILER -> weed(role, Stream.of(identity(role), masters()));
      case S3 -> Stream.concat(Stream.of(Script.GATEWAY.command("start")), gateway()).toList();
    };
  }

  private static List<String> weed(Role role, Stream<String> options) {
    var command = Stream.concat(Stream.of(PROGRAM), Stream.of(role.command()));
    var all = Stream.concat(command, Stream.of("-ip.bind=$(POD_IP)", "-port=" + role.port()));
    return Stream.concat(all, options).toList();
  }

  /** By name: addresses change with every pod, and volumes are remembered by their servers. */
  private String identity(Role role) {
    var part = situation.part(role);
    return "-ip=" + situation.host("$(POD_NAME)." + part.name());
  }

  private String masters() {
    return "-master=" + situation.addresses(Role.MASTER);
  }

  private Stream<String> master() {
    var volumes = situation.spec().volumes();
    var alone = situation.spec().masters() == 1;
    return Stream.of(
        identity(Role.MASTER),
        "-mdir=/data",
        "-peers=" + (alone ? "none" : situation.addresses(Role.MASTER)),
        "-resumeState=true",
        // Half of the default; with less, masters without a processor for a moment vote in vain.
        "-electionTimeout=5s",
        "-volumeSizeLimitMB=" + sizes().limitMebibytes(),
        "-defaultReplication=" + volumes.replication(),
        "-telemetry=false");
  }

  private Stream<String> volume() {
    return Stream.of(
        identity(Role.VOLUME),
        masters(),
        "-dir=/data",
        "-max=" + sizes().slots(),
        "-minFreeSpace=3",
        "-preStopSeconds=5");
  }

  private Stream<String> gateway() {
    return Stream.of(
        "-ip.bind=$(POD_IP)",
        "-port=" + Role.S3.port(),
        "-port.https=" + Names.HTTPS_PORT,
        "-port.grpc=" + Role.S3.grpcPort(),
        "-port.iceberg=0",
        "-port.lance=0",
        "-cert.file=/tls/tls.crt",
        "-key.file=/tls/tls.key",
        "-filer=" + situation.addresses(Role.FILER),
        "-config=/identities/s3.json",
        "-iam=false",
        // It would be a bucket without a default of encryption.
        "-autoCreateBucket=false",
        "-allowDeleteBucketNotEmpty=false");
  }

  private VolumeSizes sizes() {
    return VolumeSizes.of(situation.spec().volumes().storage().size());
  }
}
