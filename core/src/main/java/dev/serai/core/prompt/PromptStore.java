package dev.serai.core.prompt;

import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Stores prompts. A change is stored for good when its method returns, and applies at once in this
 * gateway and within five seconds in others with the same database. Every method blocks, and throws
 * {@link CapacityProblem} if the database is unavailable. Thread-safe.
 */
public interface PromptStore {
  /**
   * Stores a prompt without versions.
   *
   * @param wanted its ID and its time are given by the store
   * @throws CallerProblem 409 if the tenant has a prompt of that name, or there are too many
   */
  Prompt create(Prompt wanted);

  /** The prompt of that ID. */
  Optional<Prompt> find(String id);

  /** The prompt of that name. */
  Optional<Prompt> find(String tenant, String name);

  /** A page of them, the newest first. */
  List<Prompt> list(KeyQuery query);

  /**
   * Changes the description, the archive or the labels of a prompt; empty if none has that ID.
   * Changes of a prompt are made one after the other, also those of other gateways.
   *
   * @param change may throw, then nothing is changed
   * @throws CallerProblem 404 if a label points to a version that does not exist
   */
  Optional<Prompt> change(String id, UnaryOperator<Prompt> change);

  /**
   * Removes a prompt with its versions; false if none has that ID.
   *
   * @throws CallerProblem 409 if it has a label
   */
  boolean delete(String id);

  /**
   * Adds a version, with the next number; empty if no prompt has that ID.
   *
   * @param wanted its number and its time are given by the store
   * @param label that is moved to the new version; empty for none
   * @throws CallerProblem 409 if the prompt is in the archive, or there is no room
   */
  Optional<PromptVersion> add(String id, PromptVersion wanted, Optional<String> label);

  /** A version of a prompt. */
  Optional<PromptVersion> version(String id, int number);

  /**
   * A page of the versions of a prompt, the newest first.
   *
   * @param below only those with a lower number
   */
  List<PromptVersion> versions(String id, int below, int limit);

  /**
   * Removes a version; false if the prompt has none of that number.
   *
   * @throws CallerProblem 409 if a label points to it
   */
  boolean deleteVersion(String id, int number);
}
