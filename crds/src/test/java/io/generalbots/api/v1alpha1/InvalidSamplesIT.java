package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every invalid sample is refused, with the message that its first line quotes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvalidSamplesIT {

  private ApiServer server;

  static List<Path> samples() {
    return Samples.invalid();
  }

  @BeforeAll
  void connect() {
    server = ApiServer.withCrds();
  }

  @AfterAll
  void leave() {
    server.close();
  }

  /** One document must be refused when created; of two, the first is fine and the second is not. */
  @ParameterizedTest
  @MethodSource("samples")
  void sampleIsRefusedWithItsMessage(Path file) {
    var manifests = Samples.read(file);
    var last = manifests.get(manifests.size() - 1);
    if (manifests.size() == 1) {
      assertRefused(() -> server.create(last), file);
      return;
    }
    server.create(manifests.get(0));
    try {
      assertRefused(() -> server.replace(last), file);
    } finally {
      server.delete(last);
    }
  }

  private static void assertRefused(Runnable request, Path file) {
    assertThatThrownBy(request::run)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(Samples.expectation(file));
  }
}
