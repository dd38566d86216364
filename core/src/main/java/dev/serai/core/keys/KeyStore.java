package dev.serai.core.keys;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Stores API keys. A change is stored for good when its method returns, and applies at once in this
 * gateway and within five seconds in others with the same database. Every method blocks, and throws
 * {@link CapacityProblem} if the database is unavailable. Thread-safe.
 */
public interface KeyStore {
  /**
   * Makes a key and stores its hash.
   *
   * @param wanted the key without id and label
   * @throws CallerProblem 409 if the tenant has a key of that name, or if hashes cannot be made
   */
  IssuedKey create(ApiKey wanted);

  Optional<ApiKey> find(String id);

  /** A page of keys. */
  List<ApiKey> list(KeyQuery query);

  /**
   * Changes a key; empty if there is none of that id.
   *
   * @param change may throw, then nothing is changed
   * @throws CallerProblem 409 if the tenant has another key of its new name
   */
  Optional<ApiKey> change(String id, UnaryOperator<ApiKey> change);

  /**
   * Makes a new secret for a key; empty if there is none of that id.
   *
   * @param overlap how long the old secret works in addition
   */
  Optional<IssuedKey> rotate(String id, Duration overlap);

  /** What the calls of keys have cost, in the order of the keys. */
  List<ApiKey.Usage> usage(List<ApiKey> keys);

  /** Removes a key; false if there is none of that id. */
  boolean delete(String id);

  /**
   * Removes a key, unless it is the last stored one of a kind. Of callers that remove the last two
   * at the same time, in one gateway or in several, one is refused.
   *
   * @param kind whether a key is of the kind; must be fast
   */
  Deletion deleteUnlessLast(String id, Predicate<ApiKey> kind);

  /** How a deletion ended. */
  enum Deletion {
    DONE,
    /** There is no key of that id. */
    UNKNOWN,
    /** It is the last key of its kind, and stays. */
    LAST
  }
}
