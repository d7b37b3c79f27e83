package io.generalbots.operator.cluster.certificates;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/** Makes and reads X.509 certificates (RFC 5280). */
final class X509 {

  /** The place of this bit of the key usage (RFC 5280 §4.2.1.3). */
  private static final int SIGNS_CERTIFICATES = 5;

  private X509() {}

  static X509Certificate authority(Draft draft, PublicKey key, PrivateKey signer) {
    try {
      var builder =
          builder(draft, name(draft.commonName()), key)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(builder, signer);
    } catch (IOException e) {
      throw unencodable(e);
    }
  }

  static X509Certificate server(
      Draft draft, List<String> names, PublicKey key, Identity authority) {
    try {
      var issuer = issuer(authority.certificate().getSubjectX500Principal());
      var builder =
          builder(draft, issuer, key)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.authorityKeyIdentifier, false, signedBy(authority))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, bothEnds())
              .addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      return sign(builder, authority.key());
    } catch (IOException e) {
      throw unencodable(e);
    }
  }

  /** Strict clients, such as Python from 3.13 on, refuse certificates without them. */
  private static JcaX509ExtensionUtils identifiers() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }

  static String commonName(X509Certificate certificate) {
    return issuer(certificate.getSubjectX500Principal())
        .getRDNs(BCStyle.CN)[0]
        .getFirst()
        .getValue()
        .toString();
  }

  /** The DNS names of a certificate. */
  static Set<String> names(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream().map(n -> String.valueOf(n.get(1))).collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }

  /** The name of the signature algorithm of a key. */
  static String signature(Key key) {
    return "EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
  }

  /** Whether it may sign other certificates. */
  static boolean isAuthority(X509Certificate certificate) {
    var usage = certificate.getKeyUsage();
    return certificate.getBasicConstraints() >= 0 && (usage == null || usage[SIGNS_CERTIFICATES]);
  }

  /** Whether a server may show it: one without the extension may be used for anything. */
  static boolean isForServers(X509Certificate certificate) {
    try {
      var purposes = certificate.getExtendedKeyUsage();
      return purposes == null || purposes.contains(KeyPurposeId.id_kp_serverAuth.getId());
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  static boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** Those of the names that a certificate is not good for, wildcards understood. */
  static List<String> missing(X509Certificate certificate, List<String> names) {
    var good = names(certificate);
    return names.stream()
        .filter(n -> !good.contains(n))
        .filter(n -> !n.contains(".") || !good.contains("*" + n.substring(n.indexOf('.'))))
        .toList();
  }

  /** The identifier as the authority's own certificate has it: not everybody computes it alike. */
  private static AuthorityKeyIdentifier signedBy(Identity authority) throws IOException {
    var own = authority.certificate().getExtensionValue(Extension.subjectKeyIdentifier.getId());
    if (own == null) {
      return identifiers().createAuthorityKeyIdentifier(authority.certificate().getPublicKey());
    }
    var identifier = ASN1OctetString.getInstance(JcaX509ExtensionUtils.parseExtensionValue(own));
    return new AuthorityKeyIdentifier(identifier.getOctets());
  }

  private static X509v3CertificateBuilder builder(Draft draft, X500Name issuer, PublicKey key)
      throws IOException {
    return new JcaX509v3CertificateBuilder(
            issuer,
            draft.serial(),
            Date.from(draft.validity().from()),
            Date.from(draft.validity().until()),
            name(draft.commonName()),
            key)
        .addExtension(
            Extension.subjectKeyIdentifier, false, identifiers().createSubjectKeyIdentifier(key));
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey signer) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new DeterministicSigner(signer)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate just made is readable", e);
    }
  }

  /** Members of a cluster are each other's clients as well. */
  private static ExtendedKeyUsage bothEnds() {
    return new ExtendedKeyUsage(
        new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
  }

  private static GeneralNames alternatives(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(n -> new GeneralName(GeneralName.dNSName, n))
            .toArray(GeneralName[]::new));
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  /** From the encoded form, since the text form would turn the order of the parts around. */
  private static X500Name issuer(X500Principal principal) {
    return X500Name.getInstance(principal.getEncoded());
  }

  private static IllegalStateException unencodable(IOException cause) {
    return new IllegalStateException("a certificate extension could not be encoded", cause);
  }
}
