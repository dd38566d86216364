package dev.serai.adapters.dialects.media;

import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.CallerProblem;

/** Rejects content of messages that a dialect has no form for. Stateless. */
public final class UnsupportedContent {
  private UnsupportedContent() {}

  /**
   * A problem of status 400 that names the provider.
   *
   * @param what the content, as the beginning of a sentence
   */
  public static CallerProblem problem(String what, Destination destination) {
    return problem(
        what + " cannot be sent to the provider '" + destination.provider().name() + "'.");
  }

  /**
   * A problem of status 400.
   *
   * @param what the content, as the end of a sentence
   */
  public static CallerProblem notTaken(String what) {
    return problem("This model's provider takes no " + what + ".");
  }

  private static CallerProblem problem(String message) {
    return CallerProblem.invalid("messages", message);
  }
}
