package io.generalbots.operator.cluster.vault;

import io.generalbots.api.v1alpha1.cluster.VaultExternal;
import io.generalbots.operator.external.vault.Access;
import io.generalbots.operator.external.vault.SignIn;
import io.generalbots.operator.kube.Secrets;
import java.util.Objects;
import java.util.Optional;

/**
 * How the vault is reached and entered, as far as that is known.
 *
 * @param situation the vault
 */
record Way(Situation situation) {

  private static final String TOKEN = "token";

  /** The URL of the vault. */
  String address() {
    return situation.isExternal()
        ? external().address()
        : "https://%s.%s.svc:%d"
            .formatted(situation.part().name(), situation.namespace(), Names.PORT);
  }

  /** Who vouches for it, as PEM; empty for the authorities of the system. */
  String authority() {
    return situation.isExternal()
        ? text(Optional.ofNullable(external().caSecretName()), Names.AUTHORITY)
        : situation.text(Names.SERVER_CERTIFICATE, Names.AUTHORITY);
  }

  /** The Secret without which nobody can enter, while it is missing. */
  Optional<String> missing() {
    if (!situation.isExternal()) {
      return Optional.empty();
    }
    var authority = Optional.ofNullable(external().caSecretName());
    var token = Optional.ofNullable(external().auth().tokenSecretName());
    return authority
        .filter(name -> text(authority, Names.AUTHORITY).isEmpty())
        .or(() -> token.filter(name -> text(token, TOKEN).isEmpty()));
  }

  Access access() {
    return new Access(address(), authority(), situation.isExternal() ? guest() : own());
  }

  /** What is shown to be let in. */
  String shown() {
    var signIn = access().signIn();
    if (signIn instanceof SignIn.Password login) {
      return login.password();
    }
    return signIn instanceof SignIn.Token given ? given.token() : signIn.toString();
  }

  private SignIn own() {
    return new SignIn.Password(
        Names.USER,
        situation.text(Names.OPERATOR, Names.PASSWORD),
        situation.part().name(Names.OPERATOR));
  }

  private SignIn guest() {
    var auth = external().auth();
    var kubernetes = auth.kubernetes();
    return kubernetes == null
        ? new SignIn.Token(text(Optional.ofNullable(auth.tokenSecretName()), TOKEN))
        : new SignIn.ServiceAccount(kubernetes.role(), kubernetes.mountPath());
  }

  private String text(Optional<String> secret, String key) {
    return secret
        .flatMap(situation.facts().surroundings()::secret)
        .map(s -> Secrets.text(s, key))
        .orElse("");
  }

  /** The schema asks for it in mode External. */
  private VaultExternal external() {
    return Objects.requireNonNull(situation.spec().external());
  }
}
