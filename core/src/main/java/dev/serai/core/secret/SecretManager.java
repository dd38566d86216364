package dev.serai.core.secret;

/**
 * Where secrets are that the settings only refer to. It is asked while settings are read, never
 * during a call; it may wait for a network, so it is not asked on an event loop.
 */
@FunctionalInterface
public interface SecretManager {
  /** Without any secrets. */
  SecretManager NONE =
      reference -> {
        throw new SecretException("no secret manager is known here");
      };

  /**
   * The secret, without blank space around it, never empty.
   *
   * @throws SecretException if it cannot be read
   */
  String read(SecretReference reference) throws SecretException;
}
