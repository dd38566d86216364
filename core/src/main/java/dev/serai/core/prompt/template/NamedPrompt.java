package dev.serai.core.prompt.template;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * A request names a stored prompt, or needs that of its model, which has to be put into it before
 * it can be read. Without a stack trace: it is cheap to throw. Immutable.
 */
public final class NamedPrompt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient PromptReference reference;
  private final transient Optional<CallerProblem> without;

  /**
   * @param reference how the request names it
   */
  public NamedPrompt(PromptReference reference) {
    this(reference, Optional.empty());
  }

  /**
   * @param without what is wrong with the request if its model has no prompt; empty if the request
   *     names one
   */
  public NamedPrompt(PromptReference reference, Optional<CallerProblem> without) {
    super("a stored prompt is not yet in its request", null, false, false);
    this.reference = reference;
    this.without = without;
  }

  /** How the request names it. */
  public PromptReference reference() {
    return reference;
  }

  /** What is wrong with the request if its model has no prompt; empty if the request names one. */
  public Optional<CallerProblem> without() {
    return without;
  }
}
