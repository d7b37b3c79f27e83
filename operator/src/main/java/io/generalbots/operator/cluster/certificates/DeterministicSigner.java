package io.generalbots.operator.cluster.certificates;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;

/**
 * Signs with deterministic ECDSA and SHA-256 (RFC 6979): the same input gives the same certificate,
 * so that a plan stays pure.
 */
final class DeterministicSigner implements ContentSigner {

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final PrivateKey key;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  DeterministicSigner(PrivateKey key) {
    this.key = key;
  }

  /** A verifier cannot tell: the algorithm is plain ECDSA. */
  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    try {
      var signature = Signature.getInstance("SHA256WITHECDDSA", PROVIDER);
      signature.initSign(key);
      signature.update(content.toByteArray());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a P-256 key signs a certificate", e);
    }
  }
}
