package io.generalbots.operator.cluster.certificates;

import io.generalbots.operator.kernel.Entropy;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A certificate, the private key that belongs to it, and who vouches for it.
 *
 * @param chain the certificate first, then those between it and a trusted authority
 * @param key the private key of the first
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {

  private static final byte[] CHALLENGE = {1};

  Identity {
    chain = List.copyOf(chain);
  }

  /** An identity from its PEM texts. */
  static Identity parse(String certificates, String key) throws GeneralSecurityException {
    var chain = Pem.certificates(certificates);
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    return new Identity(chain, Pem.privateKey(key));
  }

  /** An identity of ours from its PEM texts; empty when they are not one, to be made anew. */
  static Optional<Identity> read(String certificates, String key) {
    try {
      return Optional.of(parse(certificates, key)).filter(Identity::isWhole);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** A new authority. */
  static Identity authority(String name, Validity validity, Entropy entropy) {
    var keys = entropy.keyPair();
    var draft = new Draft(name, validity, entropy.serial());
    var certificate = X509.authority(draft, keys.getPublic(), keys.getPrivate());
    return new Identity(List.of(certificate), keys.getPrivate());
  }

  /** This authority with the same key and a later end: what it signed stays valid. */
  Identity prolonged(Validity validity, Entropy entropy) {
    var draft = new Draft(X509.commonName(certificate()), validity, entropy.serial());
    return new Identity(List.of(X509.authority(draft, certificate().getPublicKey(), key)), key);
  }

  /** A server identity for these DNS names, signed by this authority. */
  Identity issue(List<String> names, Validity validity, Entropy entropy) {
    var keys = entropy.keyPair();
    var draft = new Draft(names.get(0), validity, entropy.serial());
    var certificate = X509.server(draft, names, keys.getPublic(), this);
    return new Identity(
        Stream.concat(Stream.of(certificate), between()).toList(), keys.getPrivate());
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  Validity validity() {
    return new Validity(
        certificate().getNotBefore().toInstant(), certificate().getNotAfter().toInstant());
  }

  /** Whether this authority signed that identity, which shows the way to the root from here. */
  boolean signed(Identity other) {
    try {
      other.certificate().verify(certificate().getPublicKey());
      return other.chain.subList(1, other.chain.size()).equals(between().toList());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What servers have to show beside a certificate of this authority; roots are known. */
  private Stream<X509Certificate> between() {
    return chain.stream().filter(c -> !X509.isSelfSigned(c));
  }

  boolean covers(List<String> names) {
    return X509.names(certificate()).containsAll(names);
  }

  /** Whether the key is the one of the certificate: what it signs, the certificate verifies. */
  boolean isWhole() {
    try {
      var signature = Signature.getInstance(X509.signature(key));
      signature.initSign(key);
      signature.update(CHALLENGE);
      var signed = signature.sign();
      signature.initVerify(certificate().getPublicKey());
      signature.update(CHALLENGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  String certificatePem() {
    return Pem.of(chain);
  }

  String keyPem() {
    return Pem.of(key);
  }
}
