package dev.serai.core.prompt;

import dev.serai.core.problem.CallerProblem;
import java.util.List;
import java.util.Optional;

/** Reads the JSON of requests about prompts. Thread-safe. */
public interface PromptRequests {
  /**
   * What a request to create or change a prompt says. An empty member was not given.
   *
   * @param tenant of a new prompt
   */
  record Facts(
      Optional<String> name,
      Optional<String> tenant,
      Optional<String> description,
      Optional<Boolean> archived) {}

  /**
   * A version to be added.
   *
   * @param content as {@link PromptVersion#content} has it
   * @param label that is moved to it
   * @param model that its calls get
   */
  record Draft(String content, String comment, Optional<String> label, Optional<String> model) {}

  /**
   * Reads a request to create a prompt; {@code archived} is not among its members.
   *
   * @throws CallerProblem 400 if it cannot be used
   */
  Facts readNew(byte[] json);

  /**
   * Reads a request to change a prompt; it has only {@code description} and {@code archived}.
   *
   * @throws CallerProblem 400 if it cannot be used
   */
  Facts readChange(byte[] json);

  /**
   * Reads a request to add a version.
   *
   * @throws CallerProblem 400 if it cannot be used
   */
  Draft readDraft(byte[] json);

  /**
   * Reads the number of the version that a label is to point to.
   *
   * @throws CallerProblem 400 if it cannot be used
   */
  int readTarget(byte[] json);

  /** The content of a version as lines that people compare. */
  List<String> lines(String content);
}
