package io.generalbots.operator.cluster.certificates;

/** The reasons that the condition of the certificates gives. */
final class Reasons {

  /** Certificates are being made. */
  static final String ISSUING = "Issuing";

  /** A Secret that the spec names does not exist. */
  static final String MISSING = "SecretMissing";

  /** A Secret lacks keys, or what is under them cannot be read. */
  static final String INCOMPLETE = "SecretIncomplete";

  /** A private key is not that of the certificate beside it. */
  static final String KEY_MISMATCH = "KeyMismatch";

  /** A certificate is not good for names that are used. */
  static final String NAMES_MISSING = "NamesMissing";

  /** What the gateway shows is not good for hosts of tenants. */
  static final String TENANT_HOSTS_NOT_COVERED = "TenantHostsNotCovered";

  /** A certificate may not be used by servers. */
  static final String NOT_FOR_SERVERS = "NotForServers";

  /** A certificate may not sign others. */
  static final String NOT_AN_AUTHORITY = "NotAnAuthority";

  /** A certificate is not signed by the authority that clients are told to trust. */
  static final String NOT_TRUSTED = "NotTrusted";

  /** A certificate has ended, or has not begun. */
  static final String EXPIRED = "Expired";

  /** The API server does not know cert-manager's kinds. */
  static final String CERT_MANAGER_MISSING = "CertManagerMissing";

  /** cert-manager has not issued a certificate. */
  static final String NOT_ISSUED = "NotIssued";

  private Reasons() {}
}
