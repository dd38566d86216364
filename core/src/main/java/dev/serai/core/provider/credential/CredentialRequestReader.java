package dev.serai.core.provider.credential;

import dev.serai.core.problem.CallerProblem;

/** Reads the JSON of a request to store a key of a provider. Thread-safe. */
@FunctionalInterface
public interface CredentialRequestReader {
  /**
   * Reads a request.
   *
   * @throws CallerProblem 400 if it lacks a member, has another, or a value that cannot be used;
   *     its message never has the key
   */
  CredentialRequest read(byte[] json);
}
