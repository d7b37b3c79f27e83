package io.generalbots.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real TLS handshakes with the certificates made, over loopback, names checked. */
class HandshakeTest {

  private static final char[] NONE = new char[0];

  private final Given given =
      new Given()
          .later(Duration.between(Given.START, Instant.now().truncatedTo(ChronoUnit.SECONDS)))
          .rounds(2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo-pooler",
        "demo-postgres-rw.bots.svc",
        "demo-postgres-1.demo-postgres.bots.svc.cluster.local"
      })
  void aClientWithTheAuthorityAcceptsTheServer(String name) throws Exception {
    assertThat(serialSeen(given.served(), given.served().trust(), name))
        .isEqualTo(given.served().identity().certificate().getSerialNumber());
  }

  @Test
  void aNameThatIsNotOursIsRefused() {
    assertThatThrownBy(() -> serialSeen(given.served(), given.served().trust(), "demo-elsewhere"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void anotherClustersAuthorityIsRefused() {
    var other = new Given().later(Duration.between(Given.START, given.now()));
    other.entropy.keyPair();
    var trust = other.rounds(2).served().trust();
    assertThatThrownBy(() -> serialSeen(given.served(), trust, "demo-pooler"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aProlongedAuthorityStillVouches() throws Exception {
    var own = OwnAuthority.of(given.cluster(), given.facts()).identity().orElseThrow();
    var validity = Validity.starting(given.now(), Duration.ofDays(10));
    var prolonged = own.prolonged(validity, given.entropy).chain();
    assertThat(serialSeen(given.served(), new Trust(prolonged), "demo-pooler")).isPositive();
  }

  /** The serial number that a client sees at a server, if it accepts it. */
  private static BigInteger serialSeen(Served served, Trust trust, String name) throws Exception {
    try (var listening =
        (SSLServerSocket)
            server(served).getServerSocketFactory().createServerSocket(0, 1, loopback())) {
      var answering = CompletableFuture.runAsync(() -> answer(listening));
      try (var socket =
          (SSLSocket)
              client(trust)
                  .getSocketFactory()
                  .createSocket(plain(listening), name, listening.getLocalPort(), true)) {
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        var seen = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return seen.getSerialNumber();
      } finally {
        answering.join();
      }
    }
  }

  private static Socket plain(SSLServerSocket server) throws IOException {
    return new Socket(loopback(), server.getLocalPort());
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  /** What the client thinks of it is the client's to tell. */
  private static void answer(SSLServerSocket server) {
    try (var socket = (SSLSocket) server.accept()) {
      socket.startHandshake();
      assertThat(socket.getInputStream().read()).isNegative();
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  private static SSLContext server(Served served) throws GeneralSecurityException, IOException {
    var store = empty();
    var chain = served.identity().chain().toArray(Certificate[]::new);
    store.setKeyEntry("server", served.identity().key(), NONE, chain);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NONE);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext client(Trust trust) throws GeneralSecurityException, IOException {
    var store = empty();
    for (var authority : trust.authorities()) {
      store.setCertificateEntry(authority.getSerialNumber().toString(), authority);
    }
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NONE);
    return store;
  }
}
