package dev.serai.adapters.aws;

/**
 * Where credentials are looked for when the environment does not hold them: profiles, web identity,
 * containers, machines. Implementations are found by {@link java.util.ServiceLoader}, so that their
 * libraries are not touched before they are needed. Thread-safe.
 */
@FunctionalInterface
public interface CredentialSource {
  /**
   * Finds credentials. May block for seconds.
   *
   * @throws IllegalStateException if there are none; its message is for the operator and holds no
   *     secret
   */
  AwsCredentials fetch();
}
