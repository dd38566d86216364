package dev.serai.gateway.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server that replies as version 2 of Vault's key/value engine and its AppRole login do. It
 * is written from the documentation of the HTTP API, since no Vault runs where the tests do:
 * developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2, .../auth/approle and .../vault/api-docs.
 */
public final class KeyValueServer implements AutoCloseable {
  private final HttpServer server;
  private final String url;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Reply> secrets = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile String token = "hvs.token-canary";
  private volatile String secretId = "secret-id-canary";

  /** A request, as it arrived. */
  public record Asked(String method, String path, String token, String namespace) {}

  /** A reply. */
  private record Reply(int status, String body) {}

  private KeyValueServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::reply);
    server.start();
    String scheme = server instanceof HttpsServer ? "https" : "http";
    url = scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Without TLS. */
  public static KeyValueServer start() {
    try {
      return new KeyValueServer(HttpServer.create(anyPort(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With TLS. */
  static KeyValueServer start(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new KeyValueServer(server);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The address for VAULT_ADDR. */
  public String url() {
    return url;
  }

  /** The token that it accepts. */
  public String token() {
    return token;
  }

  /** From now on, the token is another one. */
  void expireToken() {
    token = token + "-next";
  }

  /** From now on, the role's secret ID is another one. */
  void expireSecretId() {
    secretId = secretId + "-next";
  }

  /** Keeps a secret, as JSON of its fields. */
  public void keep(String path, String fields) {
    respond(
        path,
        200,
        "{\"request_id\":\"6a2b\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,"
            + "\"data\":{\"data\":"
            + fields
            + ",\"metadata\":{\"created_time\":\"2026-03-22T02:24:06.945319214Z\","
            + "\"custom_metadata\":null,\"deletion_time\":\"\",\"destroyed\":false,\"version\":2}},"
            + "\"wrap_info\":null,\"warnings\":null,\"auth\":null}");
  }

  /** Replies so to requests for that path. */
  void respond(String path, int status, String body) {
    secrets.put("/v1/" + path, new Reply(status, body));
  }

  /** What has been asked. */
  List<Asked> asked() {
    return asked;
  }

  private void reply(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String presented = header(exchange, "X-Vault-Token");
    asked.add(
        new Asked(
            exchange.getRequestMethod(), path, presented, header(exchange, "X-Vault-Namespace")));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Reply reply = respond(path, presented, body);
    if (!header(exchange, "X-Vault-Request").equals("true")) {
      reply = new Reply(412, "{\"errors\":[\"no X-Vault-Request\"]}");
    }
    if (reply.status == 307) {
      exchange.getResponseHeaders().add("Location", URI.create(reply.body).toString());
    }
    byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Reply respond(String path, String presented, String body) {
    if (path.equals("/v1/auth/approle/login")) {
      boolean known = body.equals("{\"role_id\":\"serai\",\"secret_id\":\"" + secretId + "\"}");
      return known
          ? new Reply(
              200,
              "{\"auth\":{\"renewable\":true,\"lease_duration\":1200,\"token_policies\":[\"serai\"],"
                  + "\"client_token\":\""
                  + token
                  + "\"},\"data\":null}")
          : new Reply(400, "{\"errors\":[\"invalid role or secret ID\"]}");
    }
    if (!presented.equals(token)) {
      return new Reply(403, "{\"errors\":[\"permission denied\"]}");
    }
    return secrets.getOrDefault(path, new Reply(404, "{\"errors\":[]}"));
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
