package io.generalbots.operator.cluster.certificates;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;

/**
 * Signs with deterministic ECDSA (RFC 6979) or with RSA, and SHA-256: the same input gives the same
 * certificate, so that a plan stays pure.
 */
final class DeterministicSigner implements ContentSigner {

  static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final PrivateKey key;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  DeterministicSigner(PrivateKey key) {
    this.key = key;
  }

  /** A verifier cannot tell: the algorithm is plain ECDSA. */
  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return isElliptic()
        ? new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256)
        : new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
  }

  private boolean isElliptic() {
    return "EC".equals(key.getAlgorithm());
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    try {
      var algorithm = isElliptic() ? "SHA256WITHECDDSA" : X509.signature(key);
      var signature = Signature.getInstance(algorithm, PROVIDER);
      signature.initSign(key);
      signature.update(content.toByteArray());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was read signs a certificate", e);
    }
  }
}
