package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.CallerProblem;

/** Rejects content of messages that OpenAI's APIs have no form for. Stateless. */
public final class UnsupportedContent {
  private UnsupportedContent() {}

  /**
   * A problem of status 400.
   *
   * @param what the content, as the beginning of a sentence
   */
  public static CallerProblem problem(String what, Destination destination) {
    return CallerProblem.invalid(
        "messages",
        what + " cannot be sent to the provider '" + destination.provider().name() + "'.");
  }
}
