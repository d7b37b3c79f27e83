package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Secrets;
import java.security.GeneralSecurityException;
import java.time.Instant;

/**
 * Certificates that somebody else made, judged before any server gets them.
 *
 * @param secret where they are
 */
record ForeignSecret(Secret secret) {

  /** The user's Secret of this name, as a field of the spec gives it. */
  static ForeignSecret named(String name, String field, Facts facts) throws Unusable {
    return facts
        .surroundings()
        .secret(name)
        .map(ForeignSecret::new)
        .orElseThrow(
            () ->
                new Unusable(
                    Reasons.MISSING,
                    "Secret %s of %s does not exist: create it in this namespace"
                        .formatted(name, field)));
  }

  /** The authority in it, to sign with; one that was made for another BotCluster will do. */
  Authority authority(Instant now) throws Unusable {
    var isMade = text(CertificateKeys.CERTIFICATE).isBlank() && !text(OwnAuthority.KEY).isBlank();
    var signer =
        isMade
            ? identity(CertificateKeys.AUTHORITY, OwnAuthority.KEY)
            : identity(CertificateKeys.CERTIFICATE, CertificateKeys.KEY);
    require(
        X509.isAuthority(signer.certificate()),
        Reasons.NOT_AN_AUTHORITY,
        "tls.crt may not sign certificates: give that of an authority (CA:TRUE), or name a server certificate in spec.certificates.serverSecretName");
    requireValid(signer, now);
    var trust = text(CertificateKeys.AUTHORITY).isBlank() ? roots(signer) : trust();
    require(
        !trust.isEmpty() && trust.vouchesFor(signer, now),
        Reasons.NOT_TRUSTED,
        "tls.crt is an intermediate authority that ca.crt does not vouch for: put the root in ca.crt");
    return new Authority(signer, trust);
  }

  /** The authorities in it, to trust. */
  Trust trust() throws Unusable {
    var authority = text(CertificateKeys.AUTHORITY);
    var key = authority.isBlank() ? CertificateKeys.CERTIFICATE : CertificateKeys.AUTHORITY;
    try {
      var trust = Trust.parse(text(key));
      require(
          !trust.isEmpty(), Reasons.INCOMPLETE, "needs ca.crt with the authority's certificate");
      return trust;
    } catch (GeneralSecurityException e) {
      throw unusable(Reasons.INCOMPLETE, key + " is no certificate: " + e.getMessage());
    }
  }

  /** The server certificate in it, for clients with this trust. */
  Offer serving(ServerCertificate request, Trust trust, Instant now) throws Unusable {
    var identity = identity(request, now);
    require(
        trust.vouchesFor(identity, now),
        Reasons.NOT_TRUSTED,
        "tls.crt is not signed by the authority in ca.crt, or certificates between the two are missing");
    return new Offer.Given(trust, identity);
  }

  /** The server certificate in it, with the authority beside it; strangers need none. */
  Offer serving(ServerCertificate request, Instant now) throws Unusable {
    if (request.isPublic()) {
      return new Offer.Given(Trust.UNSAID, identity(request, now));
    }
    var trust = text(CertificateKeys.AUTHORITY).isBlank() ? roots(identity()) : trust();
    require(
        !trust.isEmpty(),
        Reasons.NOT_TRUSTED,
        "names no authority that clients could trust: use an issuer that fills ca.crt");
    return serving(request, trust, now);
  }

  private Identity identity(ServerCertificate request, Instant now) throws Unusable {
    var identity = identity();
    requireValid(identity, now);
    requireNames(identity, request);
    require(
        X509.isForServers(identity.certificate()),
        Reasons.NOT_FOR_SERVERS,
        "tls.crt is not for servers: issue it with the extended key usage serverAuth");
    return identity;
  }

  private Identity identity() throws Unusable {
    return identity(CertificateKeys.CERTIFICATE, CertificateKeys.KEY);
  }

  private Identity identity(String certificate, String key) throws Unusable {
    require(
        !text(certificate).isBlank() && !text(key).isBlank(),
        Reasons.INCOMPLETE,
        "needs the keys tls.crt and tls.key");
    try {
      var identity = Identity.parse(text(certificate), text(key));
      require(
          identity.isWhole(),
          Reasons.KEY_MISMATCH,
          "%s is not the key of %s".formatted(key, certificate));
      return identity;
    } catch (GeneralSecurityException e) {
      throw unusable(
          Reasons.INCOMPLETE,
          "%s or %s cannot be read: %s".formatted(certificate, key, e.getMessage()));
    }
  }

  private void requireValid(Identity identity, Instant now) throws Unusable {
    var validity = identity.validity();
    require(
        validity.includes(now),
        Reasons.EXPIRED,
        "tls.crt holds from %s until %s: renew it".formatted(validity.from(), validity.until()));
  }

  private void requireNames(Identity identity, ServerCertificate request) throws Unusable {
    var missing = X509.missing(identity.certificate(), request.used());
    require(
        missing.isEmpty(),
        Reasons.NAMES_MISSING,
        "tls.crt lacks the DNS names " + String.join(", ", missing));
  }

  private static Trust roots(Identity identity) {
    return new Trust(identity.chain().stream().filter(X509::isSelfSigned).toList());
  }

  private void require(boolean holds, String reason, String otherwise) throws Unusable {
    if (!holds) {
      throw unusable(reason, otherwise);
    }
  }

  private Unusable unusable(String reason, String what) {
    return new Unusable(reason, "Secret %s: %s".formatted(secret.getMetadata().getName(), what));
  }

  private String text(String key) {
    return Secrets.text(secret, key);
  }
}
