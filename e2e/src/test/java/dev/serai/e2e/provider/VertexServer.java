package dev.serai.e2e.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Vertex AI: the token endpoint, which verifies assertions with the public key of a service account
 * and gives tokens, and both publishers, which require such a token. Keeps what it receives.
 */
public final class VertexServer implements AutoCloseable {
  /** The base path of the project. */
  public static final String PROJECT = "/v1/projects/acme/locations/europe-west1";

  /** The tokens that are valid. */
  public static final String TOKEN = "ya29.canary-of-vertex";

  private final HttpServer server;
  private final KeyPair keys;
  private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
  private volatile int tokenStatus = 200;
  private volatile String valid = TOKEN;

  private VertexServer(HttpServer server, KeyPair keys) {
    this.server = server;
    this.keys = keys;
  }

  /** Starts one on a free port. */
  public static VertexServer start() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      VertexServer vertex = new VertexServer(http, generator.generateKeyPair());
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/", vertex::respond);
      http.start();
      return vertex;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The text of a key file of the service account. */
  public String key() {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPrivate().getEncoded());
    ObjectNode key = Grammar.object();
    key.put("type", "service_account").put("client_email", "serai@acme.example");
    key.put(
        "private_key", "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    return key.put("token_uri", url() + "/token").toString();
  }

  /** From now on requests for tokens are answered with that status. */
  public void respondToTokensWith(int status) {
    tokenStatus = status;
  }

  /** From now on the tokens of before are rejected, and others are given. */
  public void revokeTokens() {
    valid = TOKEN + ".renewed";
  }

  /** Every request so far for that path, the first one first. */
  public List<Received> received(String path) {
    return received.stream().filter(one -> one.path().startsWith(path)).toList();
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
      String path = exchange.getRequestURI().toString();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Received request = Received.of(exchange.getRequestMethod(), path, headers, body);
      received.add(request);
      if (path.equals("/token")) {
        reply(exchange, token(request));
      } else if (!request.header("authorization").orElse("").equals("Bearer " + valid)) {
        reply(exchange, new Reply(401, error(401, "UNAUTHENTICATED"), false));
      } else {
        reply(exchange, model(request));
      }
    }
  }

  private record Reply(int status, String body, boolean events) {}

  private static void reply(HttpExchange exchange, Reply reply) throws IOException {
    String type = reply.events() ? "text/event-stream" : "application/json";
    exchange.getResponseHeaders().add("content-type", type);
    byte[] bytes = reply.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.status(), reply.events() ? 0 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private Reply token(Received request) {
    String form = new String(request.body(), US_ASCII);
    String assertion = URLDecoder.decode(form.replaceAll(".*assertion=([^&]*).*", "$1"), UTF_8);
    if (tokenStatus != 200 || !isSigned(assertion)) {
      int status = tokenStatus == 200 ? 401 : tokenStatus;
      return new Reply(status, "{\"error\":\"invalid_grant\"}", false);
    }
    ObjectNode token = Grammar.object().put("access_token", valid).put("expires_in", 3599);
    return new Reply(200, token.put("token_type", "Bearer").toString(), false);
  }

  private boolean isSigned(String assertion) {
    try {
      int dot = assertion.lastIndexOf('.');
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(keys.getPublic());
      check.update(assertion.substring(0, dot).getBytes(US_ASCII));
      return check.verify(Base64.getUrlDecoder().decode(assertion.substring(dot + 1)));
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static Reply model(Received request) {
    String path = request.path();
    if (path.startsWith("/v1beta1/publishers/")) {
      return list(path);
    }
    if (path.contains("forbidden")) {
      return new Reply(403, error(403, "PERMISSION_DENIED"), false);
    }
    if (path.endsWith("/count-tokens:rawPredict")) {
      return new Reply(200, "{\"input_tokens\":42}", false);
    }
    if (path.endsWith(":countTokens")) {
      return new Reply(200, "{\"totalTokens\":43}", false);
    }
    if (path.endsWith(":predict")) {
      return embeddings(request.json());
    }
    boolean stream = path.contains(":stream");
    Grammar grammar =
        path.contains("/publishers/anthropic/")
            ? new AnthropicGrammar()
            : new GeminiGrammar("/v1beta/models/m:generateContent");
    String body =
        stream ? events(grammar.stream("m", Cassette.HELLO)) : grammar.whole("m", Cassette.HELLO);
    return new Reply(200, body, stream);
  }

  private static String events(Grammar.Events events) {
    return String.join("", events.opening())
        + String.join("", events.tokens())
        + String.join("", events.closing());
  }

  private static Reply embeddings(JsonNode request) {
    StringBuilder body = new StringBuilder();
    for (JsonNode instance : request.path("instances")) {
      int length = instance.path("content").asText().length();
      body.append(body.isEmpty() ? "" : ",");
      body.append("{\"embeddings\":{\"statistics\":{\"truncated\":false,\"token_count\":3},");
      body.append("\"values\":[").append(length).append(",0.5]}}");
    }
    return new Reply(200, "{\"predictions\":[" + body + "]}", false);
  }

  private static Reply list(String path) {
    if (path.contains("/anthropic/")) {
      String name = "{\"name\":\"publishers/anthropic/models/claude-sonnet-4-5\"}";
      return new Reply(200, "{\"publisherModels\":[" + name + "]}", false);
    }
    String gemini = "{\"name\":\"publishers/google/models/gemini-2.5-pro\"}";
    String image = "{\"name\":\"publishers/google/models/imagen-4\"}";
    return path.contains("pageToken=next")
        ? new Reply(200, "{\"publisherModels\":[" + gemini + "]}", false)
        : new Reply(200, "{\"publisherModels\":[" + image + "],\"nextPageToken\":\"next\"}", false);
  }

  private static String error(int code, String status) {
    ObjectNode error = Grammar.object();
    error.putObject("error").put("code", code).put("message", "Denied.").put("status", status);
    return error.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
