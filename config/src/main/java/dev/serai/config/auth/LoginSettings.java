package dev.serai.config.auth;

import dev.serai.config.annotation.Secret;
import dev.serai.core.login.LoginSite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The login of people with a browser, for the console, the API reference and other pages. A change
 * needs a restart.
 *
 * @param issuer the name of one of auth.issuers, which must publish OpenID Connect metadata;
 *     without it there is no login. A change of issuer or refresh of that entry needs a restart
 * @param clientId the ID that this issuer knows Serai by
 * @param clientSecret the secret that belongs to it; left out for a public client
 * @param url where browsers reach the gateway, without a path: https, or http on the loopback. The
 *     issuer sends them back to this address with /login/callback, which it must know
 * @param scopes what Serai asks the issuer for; openid must be among them
 * @param idleTime after which a browser session without a request ends
 * @param lifetime after which every browser session ends
 */
public record LoginSettings(
    Optional<String> issuer,
    Optional<String> clientId,
    Optional<Secret> clientSecret,
    Optional<URI> url,
    List<String> scopes,
    Duration idleTime,
    Duration lifetime) {
  public LoginSettings {
    scopes = List.copyOf(scopes);
  }

  /** No login. */
  public static LoginSettings defaults() {
    return new LoginSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of("openid", "profile"),
        Duration.ofMinutes(30),
        Duration.ofHours(8));
  }

  /** Whether people can log in. */
  public boolean isOn() {
    return issuer.isPresent();
  }

  /** The gateway as browsers see it; empty without a login. */
  public Optional<LoginSite> site() {
    return url.filter(_ -> isOn()).map(LoginSettings::origin).map(LoginSite::new);
  }

  /** Without the port if it is that of the scheme (RFC 6454, section 6.1). */
  private static String origin(URI url) {
    boolean usual =
        url.getPort() < 0
            || url.getPort() == ("https".equalsIgnoreCase(url.getScheme()) ? 443 : 80);
    return url.getScheme() + "://" + url.getHost() + (usual ? "" : ":" + url.getPort());
  }
}
