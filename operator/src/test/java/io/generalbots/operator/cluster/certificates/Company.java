package io.generalbots.operator.cluster.certificates;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A company with an authority of its own, by a key as companies have them. */
final class Company {

  private static final Validity DECADE = Validity.starting(Given.START, Duration.ofDays(3650));

  private final Repeatable entropy;
  private final Identity root;

  Company(Repeatable entropy) {
    this.entropy = entropy;
    var keys = entropy.keyPair("RSA", 2048);
    var draft = new Draft("Company Root", DECADE, entropy.serial());
    this.root =
        new Identity(
            List.of(X509.authority(draft, keys.getPublic(), keys.getPrivate())), keys.getPrivate());
  }

  X509Certificate root() {
    return root.certificate();
  }

  /** A Secret to sign with. */
  Map<String, String> authority() {
    return Map.of("tls.crt", root.certificatePem(), "tls.key", root.keyPem());
  }

  /** A Secret to trust only. */
  Map<String, String> trust() {
    return Map.of("ca.crt", root.certificatePem());
  }

  /** A Secret with a server certificate for these names. */
  Map<String, String> server(Duration lifetime, List<String> names) {
    return secret(issue(lifetime, names));
  }

  Identity issue(Duration lifetime, List<String> names) {
    return root.issue(names, Validity.starting(Given.START, lifetime), entropy);
  }

  static Map<String, String> secret(Identity identity) {
    return Map.of("tls.crt", identity.certificatePem(), "tls.key", identity.keyPem());
  }
}
