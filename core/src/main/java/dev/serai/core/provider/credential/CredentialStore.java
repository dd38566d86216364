package dev.serai.core.provider.credential;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.Map;

/**
 * Stores keys of providers, encrypted. A change is stored for good when its method returns, and
 * applies within five seconds in every gateway with the same database. Every method but {@link
 * #current} blocks, and throws {@link CapacityProblem} if the database is unavailable. Thread-safe.
 */
public interface CredentialStore {
  /**
   * Stores a key of a provider, in addition to those that it has.
   *
   * @throws CallerProblem 409 if there is no master key, or there are too many credentials
   */
  ProviderCredential create(String provider, String key);

  /** All, by provider, the oldest first. */
  List<ProviderCredential> list();

  /** Removes one; false if there is none of that ID. */
  boolean delete(String id);

  /**
   * Encrypts all with the first master key, and returns how many were encrypted with another one.
   *
   * @throws CallerProblem 409 if a master key is missing; then nothing is changed
   */
  int reencrypt();

  /** The keys by provider, as they were read last. From memory. */
  Map<String, List<String>> current();

  /** Sets what is called after {@link #current} has changed. */
  void onChange(Runnable listener);
}
