package dev.serai.gateway.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.config.annotation.Secret;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.secret.SecretException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads secrets of version 2 of the key/value engine of HashiCorp Vault and OpenBao ({@code GET
 * /v1/MOUNT/data/PATH}, {@code POST /v1/auth/approle/login} of the HTTP API). The token of an
 * AppRole is kept until it is refused. Thread-safe; blocks.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2">KV version 2</a>
 */
final class VaultClient {
  private static final int OK = 200;
  private static final int REDIRECTS = 300;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int RATE_LIMITED = 429;
  private static final int SEALED = 503;

  private final VaultAccess access;
  private final VaultHttp http;
  private Optional<Secret> issued = Optional.empty();

  VaultClient(VaultAccess access, VaultHttp http) {
    this.access = access;
    this.http = http;
  }

  /**
   * The fields of a secret.
   *
   * @param path with the mount and {@code data}
   * @throws SecretException if it cannot be read
   */
  JsonNode read(String path) throws SecretException {
    HttpResponse<byte[]> reply = get(path);
    if (reply.statusCode() == FORBIDDEN && forget()) {
      reply = get(path); // its token has expired
    }
    if (reply.statusCode() != OK) {
      throw refused(reply, "read");
    }
    JsonNode data = tree(reply).path("data");
    if (!data.path("metadata").isObject() || !data.path("data").isObject()) {
      throw new SecretException(
          access.address()
              + " has no secret of KV version 2 there; its path has /data/ behind the mount, as in"
              + " secret/data/serai");
    }
    return data.path("data");
  }

  private HttpResponse<byte[]> get(String path) throws SecretException {
    String token = token().reveal();
    HttpRequest.Builder request = http.request(PercentEncoding.encode(path, "/"));
    return http.send(VaultHttp.with(request, "X-Vault-Token", token).GET().build());
  }

  private synchronized Secret token() throws SecretException {
    if (access.token().isPresent()) {
      return access.token().get();
    }
    if (access.tokenFile().isPresent()) {
      return fromFile("VAULT_TOKEN_FILE", access.tokenFile().get());
    }
    if (issued.isEmpty()) {
      issued = Optional.of(logIn());
    }
    return issued.get();
  }

  /** Whether another token can be had in the place of the one that was refused. */
  private synchronized boolean forget() {
    boolean had = issued.isPresent();
    issued = Optional.empty();
    return had;
  }

  private Secret logIn() throws SecretException {
    Secret secret =
        access.secretIdFile().isPresent()
            ? fromFile("VAULT_SECRET_ID_FILE", access.secretIdFile().get())
            : access.secretId().orElseThrow();
    byte[] body =
        new JsonWriter()
            .beginObject()
            .member("role_id", access.roleId().orElseThrow())
            .member("secret_id", secret.reveal())
            .endObject()
            .bytes();
    HttpResponse<byte[]> reply =
        http.send(
            http.request("auth/approle/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    String token = tree(reply).path("auth").path("client_token").asText();
    if (reply.statusCode() != OK || token.isEmpty()) {
      throw refused(reply, "log in with VAULT_ROLE_ID");
    }
    return new Secret(token);
  }

  private static Secret fromFile(String variable, Path file) throws SecretException {
    try {
      return new Secret(SecretFiles.read(file));
    } catch (SecretException e) {
      throw new SecretException("the file of " + variable + " cannot be used: " + e.why());
    }
  }

  /** An empty object for what is not JSON: an error of a proxy, for example. */
  private static JsonNode tree(HttpResponse<byte[]> reply) {
    try {
      return StrictJson.tree(reply.body());
    } catch (MalformedInput e) {
      return StrictJson.tree("{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Without the text of the reply, which comes from outside. */
  private SecretException refused(HttpResponse<byte[]> reply, String what) {
    int status = reply.statusCode();
    String why =
        switch (status) {
          case BAD_REQUEST -> "the role or its secret ID is not valid, or has expired";
          case FORBIDDEN -> "the token is not valid, or its policy does not allow this";
          case NOT_FOUND ->
              "there is no secret, or it has been deleted; check the namespace and the path, which"
                  + " has /data/ behind the mount, as in secret/data/serai";
          case RATE_LIMITED -> "it has been asked too often, or is a standby";
          case SEALED -> "it is sealed or in maintenance";
          default ->
              status >= REDIRECTS && status < BAD_REQUEST
                  ? "it redirects, which is not followed; set VAULT_ADDR to the address that serves"
                  : "see its log";
        };
    return new SecretException(
        access.address() + " replied " + status + " to the request to " + what + ": " + why);
  }
}
