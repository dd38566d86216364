package dev.serai.gateway.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.secret.SecretException;
import dev.serai.core.secret.SecretManager;
import dev.serai.core.secret.SecretReference;
import dev.serai.gateway.secrets.VaultHttp.Unreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what references lead to: files, and secrets of Vault, of which nothing is asked before the
 * first reference. Thread-safe; blocks.
 */
public final class SecretSources {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, String> environment;
  private final Duration timeout;
  private Optional<VaultClient> vault = Optional.empty();

  /**
   * @param environment as {@link System#getenv()}: the address of Vault and its token
   */
  public SecretSources(Map<String, String> environment) {
    this(environment, TIMEOUT);
  }

  SecretSources(Map<String, String> environment, Duration timeout) {
    this.environment = Map.copyOf(environment);
    this.timeout = timeout;
  }

  /**
   * Reads several secrets: each path is asked for once, and after Vault has not replied once, it is
   * asked nothing more. For one pass; not thread-safe.
   */
  public SecretManager pass() {
    return new Pass();
  }

  private synchronized VaultClient vault() throws SecretException {
    if (vault.isEmpty()) {
      VaultAccess access = VaultAccess.of(environment);
      vault = Optional.of(new VaultClient(access, new VaultHttp(access, timeout)));
    }
    return vault.get();
  }

  private final class Pass implements SecretManager {
    private final Map<String, JsonNode> read = new HashMap<>();
    private final Map<String, SecretException> failed = new HashMap<>();
    private Optional<Unreachable> unreachable = Optional.empty();

    @Override
    public String read(SecretReference reference) throws SecretException {
      return switch (reference.scheme()) {
        case SecretReference.FILE -> SecretFiles.read(Path.of(reference.path()));
        case SecretReference.VAULT -> field(fields(reference.path()), reference.field());
        default -> throw new SecretException("no secret manager has the name before its colon");
      };
    }

    private JsonNode fields(String path) throws SecretException {
      SecretException before = failed.get(path);
      if (before != null) {
        throw before;
      }
      JsonNode known = read.get(path);
      if (known != null) {
        return known;
      }
      if (unreachable.isPresent()) {
        throw unreachable.get();
      }
      try {
        JsonNode fields = vault().read(path);
        read.put(path, fields);
        return fields;
      } catch (Unreachable e) {
        unreachable = Optional.of(e);
        throw e;
      } catch (SecretException e) {
        failed.put(path, e);
        throw e;
      }
    }

    private static String field(JsonNode fields, String name) throws SecretException {
      JsonNode value = fields.path(name);
      if (value.isMissingNode()) {
        throw new SecretException("the secret has no field " + name + "; it is case-sensitive");
      }
      String text = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
      if (text.isEmpty() || text.length() > SecretFiles.MAX_BYTES) {
        throw new SecretException(
            "the field "
                + name
                + " is not a text of 1 to "
                + SecretFiles.MAX_BYTES
                + " characters");
      }
      return text;
    }
  }
}
