package io.generalbots.operator.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A certificate for some addresses, by an authority of its own. */
public final class Certificates {

  private static final String SCRIPT =
      """
      key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2'
      openssl req -x509 $key -subj /CN=authority -keyout ca.key -out ca.crt
      openssl req $key -subj /CN=servers -keyout tls.key -out tls.csr
      openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
        -extfile <(echo "subjectAltName=$1") -out tls.crt
      """;

  private Certificates() {}

  /** A folder with tls.crt, tls.key and ca.crt. */
  public static Path make(List<String> addresses) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("certificates");
    var names = addresses.stream().map(a -> "IP:" + a).collect(Collectors.joining(","));
    var log = folder.resolve("log").toFile();
    var process =
        new ProcessBuilder("bash", "-euc", SCRIPT, "certificates", names)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    assertThat(process.waitFor()).as(Files.readString(log.toPath())).isZero();
    return folder;
  }
}
