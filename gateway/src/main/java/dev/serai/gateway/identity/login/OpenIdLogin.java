package dev.serai.gateway.identity.login;

import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.LoginSettings;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.hash.Sha256;
import dev.serai.core.http.Headers;
import dev.serai.core.http.QueryString;
import dev.serai.core.login.BrowserLogin;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.identity.IdToken;
import dev.serai.gateway.identity.IssuerClient;
import dev.serai.gateway.identity.IssuerMetadata;
import dev.serai.gateway.identity.TokenIssuers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The login at an identity provider: authorization code flow with PKCE (S256). The state binds what
 * a browser comes back with to the browser that began the login, the nonce binds the ID token to
 * the login, and the issuer is compared where it names itself (RFC 9207), so that no other identity
 * provider and no other browser can end a login. Thread-safe.
 */
public final class OpenIdLogin implements BrowserLogin {
  private static final String SESSION = "session";
  private static final long MAX_SECONDS = 10;

  private final LoginSettings settings;
  private final IssuerSettings issuer;
  private final LoginSite site;
  private final Parts parts;
  private final PublishedMetadata metadata;
  private final PendingLogins pending;
  private final CodeExchange codes;

  /**
   * What a login needs.
   *
   * @param issuers verify ID tokens
   * @param sender sends requests to the issuer
   * @param sessions take the session of who has logged in
   * @param callers say whether that session may be used
   * @param random must be unpredictable
   */
  public record Parts(
      TokenIssuers issuers,
      TokenIssuers.Sender sender,
      LoginSessions sessions,
      Authenticator callers,
      RandomGenerator random,
      InstantSource clock,
      Ticker ticker) {}

  /**
   * @param settings of a login that is on
   * @param issuer that they name
   */
  public OpenIdLogin(LoginSettings settings, IssuerSettings issuer, Parts parts) {
    this.settings = settings;
    this.issuer = issuer;
    this.parts = parts;
    site = settings.site().orElseThrow();
    IssuerClient client = new IssuerClient(issuer, parts.sender());
    metadata = new PublishedMetadata(client, issuer.refresh(), parts.ticker());
    pending = new PendingLogins(site, parts.random(), parts.clock());
    codes = new CodeExchange(client, settings, callback());
  }

  private String callback() {
    return site.origin() + LoginSite.CALLBACK;
  }

  private String clientId() {
    return settings.clientId().orElse("");
  }

  @Override
  public Redirect begin(Headers request, String wanted) throws InterruptedException {
    String endpoint =
        metadata
            .get()
            .authorization()
            .orElseThrow(() -> CodeExchange.missing("authorization_endpoint"))
            .toString();
    String page = site.address(wanted).substring(site.origin().length());
    PendingLogins.Kept kept = pending.begin(request, page);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", clientId());
    query.put("redirect_uri", callback());
    query.put("scope", String.join(" ", settings.scopes()));
    query.put("state", kept.login().state());
    query.put("nonce", kept.login().nonce());
    query.put("code_challenge", challenge(kept.login().verifier()));
    query.put("code_challenge_method", "S256");
    return new Redirect(with(endpoint, query), List.of(pending.keep(kept)));
  }

  private static String with(String address, Map<String, String> query) {
    return address + (address.indexOf('?') < 0 ? "?" : "&") + QueryString.write(query);
  }

  /** RFC 7636, section 4.2. */
  private static String challenge(String verifier) {
    byte[] hash = Sha256.digest().digest(verifier.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  @Override
  public Redirect finish(Headers request, String query, Consumer<Identity> recorder)
      throws InterruptedException {
    QueryString returned = QueryString.of(query);
    PendingLogins.Kept kept =
        pending.take(request, returned.only("state").orElse("")).orElseThrow(OpenIdLogin::expired);
    IssuerMetadata published = metadata.get();
    checkIssuer(returned, published);
    checkError(returned);
    String code = returned.only("code").filter(text -> !text.isEmpty()).orElse("");
    if (code.isEmpty()) {
      throw refused("The identity provider sent no code. Log in again.");
    }
    long era = parts.sessions().era();
    String text = codes.redeem(published, code, kept.login().verifier());
    Identity identity = verified(new IdToken(text, clientId(), kept.login().nonce()));
    Credential.Session id =
        parts.sessions().begin(identity, text, era).orElseThrow(OpenIdLogin::outdated);
    welcome(id, recorder);
    site.session(request).ifPresent(parts.sessions()::end);
    return new Redirect(
        site.address(kept.login().page()),
        List.of(site.setCookie(SESSION, id.id(), -1), pending.remove(kept)));
  }

  private void checkIssuer(QueryString returned, IssuerMetadata published) {
    Optional<String> named = returned.only("iss");
    boolean good =
        named.isPresent() ? named.get().equals(issuer.issuer()) : !published.namesItself();
    if (!good) {
      throw refused("Another identity provider than that of this login has answered.");
    }
  }

  private static void checkError(QueryString returned) {
    Optional<String> error = returned.only("error");
    if (error.isPresent()) {
      boolean known = CodeExchange.ERROR.matcher(error.get()).matches();
      throw refused(
          "The identity provider refused the login" + (known ? ": " + error.get() : "") + ".");
    }
  }

  /** The keys of the issuer may have changed since they were fetched: then it waits for them. */
  private Identity verified(IdToken token) throws InterruptedException {
    CompletableFuture<Void> keys = parts.issuers().nextKeys(issuer.issuer());
    Authentication said = parts.issuers().authenticate(issuer.issuer(), token);
    if (said instanceof Authentication.Rejected(CapacityProblem _)) {
      try {
        keys.get(MAX_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new CapacityProblem(
            "issuer_unavailable",
            "The keys of the identity provider are not available now. Try again.",
            Duration.ofSeconds(2));
      }
      said = parts.issuers().authenticate(issuer.issuer(), token);
    }
    return identity(said);
  }

  private static Identity identity(Authentication said) {
    return switch (said) {
      case Authentication.Authenticated(Identity identity) -> identity;
      case Authentication.Rejected(CapacityProblem later) -> throw later;
      case Authentication.Rejected(GatewayProblem why) -> throw refused(why.message());
      case Authentication.Unknown _ -> throw refused("The login is not known here.");
    };
  }

  /** Ends a new session again if its user may not have one, or the login cannot be recorded. */
  private void welcome(Credential.Session id, Consumer<Identity> recorder) {
    boolean recorded = false;
    try {
      recorder.accept(identity(parts.callers().authenticate(id)));
      recorded = true;
    } finally {
      if (!recorded) {
        parts.sessions().end(id);
      }
    }
  }

  @Override
  public LoggedOut end(Headers request) {
    if (!site.isFromHere(request)) {
      throw new PermissionProblem(
          "origin_not_allowed",
          "Only a page of the gateway at " + site.origin() + " may log out.",
          Optional.empty());
    }
    Optional<LoginSessions.Ended> ended = site.session(request).flatMap(parts.sessions()::end);
    return new LoggedOut(
        ended.map(LoginSessions.Ended::identity).orElse(Caller.ANONYMOUS.identity()),
        new Redirect(
            ended.map(this::afterLogout).orElse(site.address(LoginSite.LOGOUT)),
            List.of(site.setCookie(SESSION, "", 0))));
  }

  /** OpenID Connect RP-Initiated Logout 1.0, section 2. */
  private String afterLogout(LoginSessions.Ended session) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("id_token_hint", session.idToken());
    query.put("client_id", clientId());
    query.put("post_logout_redirect_uri", site.address(LoginSite.LOGOUT));
    return metadata
        .known()
        .flatMap(IssuerMetadata::endSession)
        .map(endpoint -> with(endpoint.toString(), query))
        .orElse(site.address(LoginSite.LOGOUT));
  }

  private static PermissionProblem expired() {
    return new PermissionProblem(
        "login_expired",
        "This login was not begun in this browser, has expired, or has been used already. Log in"
            + " again.",
        Optional.empty());
  }

  private static PermissionProblem outdated() {
    return new PermissionProblem(
        "login_expired",
        "The issuers or roles of the gateway have changed during this login. Log in again.",
        Optional.empty());
  }

  private static PermissionProblem refused(String message) {
    return new PermissionProblem("login_refused", message, Optional.empty());
  }
}
