package io.generalbots.operator.cluster.certificates;

/** The keys under which Secrets hold certificates, as Kubernetes and cert-manager name them. */
final class CertificateKeys {

  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";
  static final String AUTHORITY = "ca.crt";

  private CertificateKeys() {}
}
