package io.generalbots.operator.cluster.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The authorities whose word is taken: what clients get as {@code ca.crt}.
 *
 * @param authorities their certificates
 */
record Trust(List<X509Certificate> authorities) {

  /** Whom clients trust is theirs to know. */
  static final Trust UNSAID = new Trust(List.of());

  Trust {
    authorities = List.copyOf(authorities);
  }

  static Trust parse(String pem) throws GeneralSecurityException {
    return new Trust(Pem.certificates(pem));
  }

  String pem() {
    return Pem.of(authorities);
  }

  boolean isEmpty() {
    return authorities.isEmpty();
  }

  boolean includes(Trust other) {
    return authorities.containsAll(other.authorities);
  }

  /** These authorities, and those of the other that have not ended. */
  Trust and(Trust other, Instant now) {
    var living = other.authorities.stream().filter(c -> c.getNotAfter().toInstant().isAfter(now));
    return new Trust(Stream.concat(authorities.stream(), living).distinct().toList());
  }

  /** Whether a client that trusts these authorities accepts this identity at this time. */
  boolean vouchesFor(Identity identity, Instant now) {
    if (authorities.contains(identity.certificate())) {
      return identity.validity().includes(now);
    }
    try {
      var path = identity.chain().stream().filter(c -> !authorities.contains(c)).toList();
      var certificates = CertificateFactory.getInstance("X.509").generateCertPath(path);
      CertPathValidator.getInstance("PKIX").validate(certificates, parameters(now));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private PKIXParameters parameters(Instant now) throws GeneralSecurityException {
    var parameters =
        new PKIXParameters(
            authorities.stream().map(c -> new TrustAnchor(c, null)).collect(Collectors.toSet()));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    return parameters;
  }
}
