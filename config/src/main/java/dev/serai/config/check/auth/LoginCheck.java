package dev.serai.config.check.auth;

import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.LoginSettings;
import dev.serai.config.check.Findings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Place;
import dev.serai.core.net.BaseUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the login of browsers: that its issuer exists and can be used for it, and that its address
 * is a safe one. No message shows a secret. Not thread-safe.
 */
final class LoginCheck {
  private static final Duration MIN_IDLE = Duration.ofMinutes(1);
  private static final Duration MAX_LIFETIME = Duration.ofDays(30);

  /** RFC 6749, section 3.3. */
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");

  private final Findings findings;
  private final Place place;

  LoginCheck(Findings findings) {
    this.findings = findings;
    this.place = findings.place("auth", "login");
  }

  void check(AuthSettings auth) {
    LoginSettings login = auth.login();
    times(login);
    if (!login.isOn()) {
      refuseIf(
          login.clientId().isPresent() || login.url().isPresent(),
          "issuer is missing; set it to the name of an entry of auth.issuers");
      return;
    }
    refuseIf(login.clientId().filter(id -> !id.isBlank()).isEmpty(), "client_id is missing");
    issuer(login.issuer().orElse(""), auth.issuers());
    address(login.url());
    refuseIf(!login.scopes().contains("openid"), "scopes must have openid");
    for (String scope : login.scopes()) {
      refuseIf(!SCOPE.matcher(scope).matches(), "scope '" + scope + "' has a blank or a quote");
    }
  }

  private void issuer(String name, List<IssuerSettings> issuers) {
    Optional<IssuerSettings> named =
        issuers.stream().filter(one -> one.name().equals(name)).findFirst();
    if (named.isEmpty()) {
      List<String> known = issuers.stream().map(IssuerSettings::name).toList();
      String meant =
          Names.closestTo(name, known).map(one -> "; did you mean " + one + "?").orElse("");
      refuseIf(true, "auth.issuers has no entry with the name " + name + meant);
      return;
    }
    refuseIf(
        named.get().secret().isPresent(),
        "the issuer " + name + " signs with a secret; a login needs one with public keys");
    refuseIf(
        !isSafe(named.get().issuer()),
        "the issuer " + name + " must be an https address (http on the loopback only)");
  }

  private void address(Optional<URI> url) {
    if (url.isEmpty()) {
      refuseIf(true, "url is missing; set it to the address that browsers reach the gateway at");
      return;
    }
    refuseIf(
        !isSafe(url.get().toString()), "url must be an https address (http on the loopback only)");
    String path = url.get().getRawPath();
    refuseIf(path != null && !path.isEmpty() && !path.equals("/"), "url must have no path");
    refuseIf(url.get().getHost() == null, "url must have a host name without an underscore");
  }

  private void times(LoginSettings login) {
    refuseIf(login.idleTime().compareTo(MIN_IDLE) < 0, "idle_time must be at least 1m");
    refuseIf(login.lifetime().compareTo(login.idleTime()) < 0, "lifetime is below idle_time");
    refuseIf(login.lifetime().compareTo(MAX_LIFETIME) > 0, "lifetime must be at most 30d");
  }

  private static boolean isSafe(String url) {
    try {
      BaseUrl to = BaseUrl.parse(url);
      return to.tls() || to.isLoopback();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void refuseIf(boolean wrong, String what) {
    if (wrong) {
      findings.wrong(place, what);
    }
  }
}
