package dev.serai.gateway.identity.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.LoginSettings;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.http.QueryString;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.gateway.identity.IssuerClient;
import dev.serai.gateway.identity.IssuerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redeems the code of a login for an ID token (OpenID Connect Core 1.0, section 3.1.3). At most
 * {@value #MAX_AT_ONCE} at a time, so that callers who begin logins cannot flood the issuer. What
 * else the issuer returns, such as an access token, is dropped. Thread-safe.
 */
final class CodeExchange {
  private static final Logger LOG = LoggerFactory.getLogger(CodeExchange.class);
  private static final int MAX_AT_ONCE = 32;
  private static final long MAX_SECONDS = 10;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** An error code that a message may show (RFC 6749, section 5.2). */
  static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

  private final IssuerClient client;
  private final String clientId;
  private final Optional<Secret> secret;
  private final String redirectUri;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /**
   * @param redirectUri exactly as the login was begun with it
   */
  CodeExchange(IssuerClient client, LoginSettings settings, String redirectUri) {
    this.client = client;
    this.clientId = settings.clientId().orElse("");
    this.secret = settings.clientSecret();
    this.redirectUri = redirectUri;
  }

  /**
   * The ID token for a code, not yet verified.
   *
   * @param verifier of PKCE
   * @throws GatewayProblem 403 if the issuer does not accept the code, 503 if it does not reply
   */
  String redeem(IssuerMetadata issuer, String code, String verifier) throws InterruptedException {
    URI endpoint = issuer.token().orElseThrow(() -> missing("token_endpoint"));
    if (!places.tryAcquire()) {
      throw new CapacityProblem("backpressure", "Too many logins at once. Try again.", RETRY_AFTER);
    }
    try {
      return idToken(send(issuer, endpoint, code, verifier));
    } finally {
      places.release();
    }
  }

  static CapacityProblem missing(String name) {
    LOG.error("the metadata of the issuer for the login has no {} with a safe address", name);
    return new CapacityProblem(
        "login_unavailable", "The identity provider offers no login for Serai.", RETRY_AFTER);
  }

  private Reply.Complete send(IssuerMetadata issuer, URI endpoint, String code, String verifier)
      throws InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", verifier);
    String authorization = "";
    if (secret.isEmpty() || issuer.secretInForm()) {
      form.put("client_id", clientId);
      secret.ifPresent(known -> form.put("client_secret", known.reveal()));
    } else {
      authorization = basic(secret.get());
    }
    byte[] body = QueryString.write(form).getBytes(StandardCharsets.US_ASCII);
    try {
      return client.post(endpoint, body, authorization).get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the code of a login could not be redeemed: {}", IssuerClient.reason(e));
      throw unavailable();
    }
  }

  /** RFC 6749, section 2.3.1. */
  private String basic(Secret known) {
    String pair =
        PercentEncoding.encode(clientId, "") + ":" + PercentEncoding.encode(known.reveal(), "");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  private static String idToken(Reply.Complete reply) {
    JsonNode said;
    try {
      said = StrictJson.tree(reply.body());
    } catch (MalformedInput e) {
      LOG.warn("the issuer's reply to the code of a login, {}, is not valid JSON", reply.status());
      throw unavailable();
    }
    if (reply.status() == 200 && said.path("id_token").isTextual()) {
      return said.path("id_token").textValue();
    }
    String error = said.path("error").asText();
    LOG.warn(
        "the issuer did not redeem the code of a login: status {}, error {}",
        reply.status(),
        ERROR.matcher(error).matches() ? error : "unknown");
    if (reply.status() >= 500) {
      throw unavailable();
    }
    throw new PermissionProblem(
        "login_refused",
        "The identity provider did not accept the code of this login. Log in again; if that does not"
            + " help, the gateway's log has the reason.",
        Optional.empty());
  }

  private static CapacityProblem unavailable() {
    return new CapacityProblem(
        "login_unavailable", "The identity provider does not reply now. Try again.", RETRY_AFTER);
  }
}
