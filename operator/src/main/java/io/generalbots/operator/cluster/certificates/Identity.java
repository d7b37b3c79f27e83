package io.generalbots.operator.cluster.certificates;

import io.generalbots.operator.kernel.Entropy;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A certificate and the private key that belongs to it. */
record Identity(X509Certificate certificate, PrivateKey key) {

  /** An identity from its PEM texts; empty when they are not one, so that it is made anew. */
  static Optional<Identity> parse(String certificate, String key) {
    try {
      return Optional.of(new Identity(Pem.certificate(certificate), Pem.privateKey(key)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** A new authority. */
  static Identity authority(String name, Validity validity, Entropy entropy) {
    var keys = entropy.keyPair();
    var draft = new Draft(name, validity, entropy.serial());
    return new Identity(
        X509.authority(draft, keys.getPublic(), keys.getPrivate()), keys.getPrivate());
  }

  /** This authority with the same key and a later end: what it signed stays valid. */
  Identity prolonged(Validity validity, Entropy entropy) {
    var name = X509.commonName(certificate);
    var draft = new Draft(name, validity, entropy.serial());
    return new Identity(X509.authority(draft, certificate.getPublicKey(), key), key);
  }

  /** A server identity for these DNS names, signed by this authority. */
  Identity issue(List<String> names, Validity validity, Entropy entropy) {
    var keys = entropy.keyPair();
    var draft = new Draft(names.get(0), validity, entropy.serial());
    return new Identity(X509.server(draft, names, keys.getPublic(), this), keys.getPrivate());
  }

  Validity validity() {
    return new Validity(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  /** Whether this authority signed that certificate. */
  boolean signed(X509Certificate other) {
    try {
      other.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  boolean covers(List<String> names) {
    return X509.names(certificate).containsAll(names);
  }

  String certificatePem() {
    try {
      return Pem.of(certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a parsed certificate encodes again", e);
    }
  }

  String keyPem() {
    return Pem.of(key);
  }
}
