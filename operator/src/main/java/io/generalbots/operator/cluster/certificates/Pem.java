package io.generalbots.operator.cluster.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** The text form of keys and certificates (RFC 7468), and the older ones of keys. */
final class Pem {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /** The text of these certificates, in this order. */
  static String of(List<X509Certificate> certificates) {
    return certificates.stream().map(Pem::of).collect(Collectors.joining());
  }

  static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /** All certificates of a text, in order. */
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    var all = new ArrayList<X509Certificate>();
    for (var block : blocks(pem)) {
      if (block instanceof X509CertificateHolder holder) {
        all.add(certificate(holder));
      }
    }
    return List.copyOf(all);
  }

  /** The key of a text: PKCS #8, or what OpenSSL wrote before it. */
  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    for (var block : blocks(pem)) {
      if (block instanceof PrivateKeyInfo info) {
        return key(info);
      } else if (block instanceof PEMKeyPair pair) {
        return key(pair.getPrivateKeyInfo());
      }
    }
    throw new GeneralSecurityException("there is no private key without a passphrase");
  }

  private static List<Object> blocks(String pem) throws GeneralSecurityException {
    var blocks = new ArrayList<>();
    try (var parser = new PEMParser(new StringReader(pem))) {
      for (var next = parser.readObject(); next != null; next = parser.readObject()) {
        blocks.add(next);
      }
      return blocks;
    } catch (IOException | IllegalArgumentException e) {
      throw new GeneralSecurityException("not PEM", e);
    }
  }

  private static X509Certificate certificate(X509CertificateHolder holder)
      throws GeneralSecurityException {
    try {
      var bytes = new ByteArrayInputStream(holder.getEncoded());
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    } catch (IOException e) {
      throw new GeneralSecurityException("not a certificate", e);
    }
  }

  /** The JDK does not read what OpenSSL wraps from its older form, but takes it over as a key. */
  private static PrivateKey key(PrivateKeyInfo info) throws GeneralSecurityException {
    try {
      var spec = new PKCS8EncodedKeySpec(info.getEncoded());
      var algorithm = algorithm(info);
      var read = KeyFactory.getInstance(algorithm, DeterministicSigner.PROVIDER);
      var key = KeyFactory.getInstance(algorithm).translateKey(read.generatePrivate(spec));
      return (PrivateKey) key;
    } catch (IOException e) {
      throw new GeneralSecurityException("not a private key", e);
    }
  }

  private static String algorithm(PrivateKeyInfo info) throws GeneralSecurityException {
    var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm)) {
      return "EC";
    } else if (PKCSObjectIdentifiers.rsaEncryption.equals(algorithm)) {
      return "RSA";
    }
    throw new GeneralSecurityException("the private key is neither ECDSA nor RSA");
  }

  private static String of(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a parsed certificate encodes again", e);
    }
  }

  private static String block(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
