package dev.serai.gateway.secrets;

import dev.serai.config.annotation.Secret;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.secret.SecretException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where Vault is and what it is asked with, from the variables that its own clients read.
 * Immutable.
 *
 * @param address without a slash at its end
 * @param token that requests present
 * @param tokenFile a file with the token, read whenever secrets are
 * @param roleId of an AppRole, which a token is issued for
 * @param secretId that belongs to it
 * @param secretIdFile a file with it
 * @param namespace of Vault Enterprise or OpenBao
 * @param authority a file of PEM certificates that Vault's certificate is verified with
 */
record VaultAccess(
    String address,
    Optional<Secret> token,
    Optional<Path> tokenFile,
    Optional<String> roleId,
    Optional<Secret> secretId,
    Optional<Path> secretIdFile,
    Optional<String> namespace,
    Optional<Path> authority) {
  private static final String TOKENS =
      "VAULT_TOKEN, VAULT_TOKEN_FILE, or VAULT_ROLE_ID with VAULT_SECRET_ID";
  private static final String ADVICE =
      "set VAULT_ADDR to the address of Vault, for example https://vault.example.com:8200, and "
          + TOKENS;

  /**
   * Reads the variables.
   *
   * @throws SecretException if there is no usable address, or nothing to present
   */
  static VaultAccess of(Map<String, String> environment) throws SecretException {
    Variables variables = new Variables(environment);
    VaultAccess access =
        new VaultAccess(
            address(variables),
            variables.secret("VAULT_TOKEN"),
            variables.file("VAULT_TOKEN_FILE"),
            variables.text("VAULT_ROLE_ID"),
            variables.secret("VAULT_SECRET_ID"),
            variables.file("VAULT_SECRET_ID_FILE"),
            variables.text("VAULT_NAMESPACE"),
            variables.file("VAULT_CACERT"));
    if (access.token.isEmpty() && access.tokenFile.isEmpty() && !access.hasRole()) {
      throw new SecretException("there is no token for " + access.address + "; set " + TOKENS);
    }
    return access;
  }

  private static String address(Variables variables) throws SecretException {
    String text =
        variables
            .text("VAULT_ADDR")
            .orElseThrow(() -> new SecretException("VAULT_ADDR is not set; " + ADVICE));
    try {
      String url = BaseUrl.parse(text).baseUrl();
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    } catch (IllegalArgumentException e) {
      throw new SecretException(
          "VAULT_ADDR is not an http:// or https:// address without user, query and fragment; "
              + ADVICE);
    }
  }

  boolean hasRole() {
    return roleId.isPresent() && (secretId.isPresent() || secretIdFile.isPresent());
  }

  /** Variables, of which empty ones count as not set. */
  private record Variables(Map<String, String> environment) {
    Optional<String> text(String name) {
      String value = environment.getOrDefault(name, "").strip();
      return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    Optional<Secret> secret(String name) {
      return text(name).map(Secret::new);
    }

    Optional<Path> file(String name) {
      return text(name).map(Path::of);
    }
  }
}
