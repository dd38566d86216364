package dev.serai.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small identity provider: it shows a page with a button, checks the client's secret, the address
 * it leads back to, PKCE, and that a code is used once, and signs ID tokens. A test may have it say
 * something wrong.
 */
final class LoginIssuer implements AutoCloseable {
  static final String CLIENT = "serai-pages";
  static final String SECRET = "client-secret-0123456789abcdef";

  private final HttpServer server;
  private final SignedTokens tokens;
  private final String redirectUri;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final Map<String, String> claims = new ConcurrentHashMap<>();
  private final Map<String, String> changed = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Queue<String> logouts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean down;

  private LoginIssuer(HttpServer server, String redirectUri) {
    this.server = server;
    this.redirectUri = redirectUri;
    this.tokens = new SignedTokens(url());
  }

  /**
   * Starts it.
   *
   * @param redirectUri the only address that it leads browsers back to
   */
  static LoginIssuer start(String redirectUri) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LoginIssuer issuer = new LoginIssuer(server, redirectUri);
    issuer.serve();
    server.start();
    return issuer;
  }

  private void serve() {
    String metadata =
        """
        {"issuer": "URL", "jwks_uri": "URL/keys", "authorization_endpoint": "URL/authorize?ui=plain",
         "token_endpoint": "URL/token", "end_session_endpoint": "URL/logout",
         "authorization_response_iss_parameter_supported": true}
        """
            .replace("URL", url());
    SignedTokens.serve(server, "/.well-known/openid-configuration", metadata);
    SignedTokens.serve(server, "/keys", "{\"keys\":[" + tokens.jwk() + "]}");
    server.createContext("/authorize", this::authorize);
    server.createContext("/approve", this::approve);
    server.createContext("/token", this::token);
    server.createContext("/logout", this::logout);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Who logs in from now on, as JSON: every claim is a JSON value. */
  LoginIssuer claim(String name, String json) {
    claims.put(name, json);
    return this;
  }

  /** A parameter with which browsers come back from now on; an empty one is left out. */
  LoginIssuer sendsBack(String name, String value) {
    changed.put(name, value);
    return this;
  }

  /** Says the truth again. */
  void reset() {
    claims.clear();
    changed.clear();
    refused.clear();
    down = false;
  }

  /** Does not redeem codes any more. */
  void fail() {
    down = true;
  }

  /** Why requests to redeem a code were refused. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** The queries with which browsers came to log out. */
  List<String> logouts() {
    return List.copyOf(logouts);
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
    boolean good =
        redirectUri.equals(query.get("redirect_uri"))
            && CLIENT.equals(query.get("client_id"))
            && "plain".equals(query.get("ui"))
            && "S256".equals(query.get("code_challenge_method"))
            && List.of(query.getOrDefault("scope", "").split(" ")).contains("openid");
    if (!good) {
      reply(exchange, 400, "text/plain", "not a good request: " + query.keySet());
      return;
    }
    String code = "code-" + numbers.incrementAndGet() + "-" + Math.abs(query.hashCode());
    codes.put(code, query);
    String page =
        "<!doctype html><title>Identity provider</title><a id=\"approve\" href=\"/approve?code="
            + code
            + "\">Log in as ann</a>";
    reply(exchange, 200, "text/html", page);
  }

  private void approve(HttpExchange exchange) throws IOException {
    String code = parameters(exchange.getRequestURI().getRawQuery()).getOrDefault("code", "");
    Map<String, String> asked = codes.getOrDefault(code, Map.of());
    Map<String, String> back = new HashMap<>();
    back.put("code", code);
    back.put("state", asked.getOrDefault("state", ""));
    back.put("iss", url());
    back.putAll(changed);
    back.values().removeIf(String::isEmpty);
    StringBuilder location = new StringBuilder(redirectUri + "?");
    back.forEach(
        (name, value) ->
            location
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&'));
    exchange.getResponseHeaders().set("location", location.toString());
    reply(exchange, 302, "text/plain", "");
  }

  private void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = parameters(body);
    Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
    String fault = fault(exchange, form, asked);
    if (down) {
      reply(exchange, 503, "application/json", "{}");
    } else if (fault.isEmpty() && asked != null) {
      String token = tokens.sign(idToken(asked.getOrDefault("nonce", "")));
      String json = "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\"" + token;
      reply(exchange, 200, "application/json", json + "\"}");
    } else {
      refused.add(fault);
      reply(exchange, 400, "application/json", "{\"error\":\"invalid_grant\"}");
    }
  }

  private String fault(HttpExchange exchange, Map<String, String> form, Map<String, String> asked) {
    String pair = CLIENT + ":" + SECRET;
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    if (!basic.equals(exchange.getRequestHeaders().getFirst("authorization"))) {
      return "client";
    }
    if (asked == null) {
      return "code";
    }
    if (!redirectUri.equals(form.get("redirect_uri"))) {
      return "redirect_uri";
    }
    return challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
        ? ""
        : "code_verifier";
  }

  private static String challenge(String verifier) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(sha.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String idToken(String nonce) {
    long now = Instant.now().getEpochSecond();
    Map<String, String> all = new HashMap<>();
    all.put("iss", "\"" + url() + "\"");
    all.put("aud", "\"" + CLIENT + "\"");
    all.put("sub", "\"ann\"");
    all.put("nonce", "\"" + nonce + "\"");
    all.put("iat", Long.toString(now));
    all.put("exp", Long.toString(now + 300));
    all.putAll(claims);
    StringBuilder json = new StringBuilder("{");
    all.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return json.append('}').toString();
  }

  private void logout(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    logouts.add(query);
    String back = parameters(query).getOrDefault("post_logout_redirect_uri", "");
    exchange.getResponseHeaders().set("location", back);
    reply(exchange, 302, "text/plain", "");
  }

  private static void reply(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The parameters of a query or form. */
  static Map<String, String> parameters(String text) {
    Map<String, String> found = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        found.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
