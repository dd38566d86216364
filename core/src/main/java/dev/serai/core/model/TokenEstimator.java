package dev.serai.core.model;

import dev.serai.core.chat.Conversation;
import java.util.function.ToLongFunction;

/** Counts tokens where no provider does. Thread-safe; may take long, so not for an event loop. */
public interface TokenEstimator {
  /**
   * About how many tokens a prompt has: its messages and its tools.
   *
   * @param model the name that the provider knows it by
   */
  long estimate(String model, Conversation conversation);

  /**
   * Counts the texts of one request, such as the inputs of embeddings, in a time that is bounded
   * for all of them together. For one thread.
   *
   * @param model the name that the provider knows it by
   */
  default ToLongFunction<String> counter(String model) {
    return text -> tokens(model, text);
  }

  /**
   * About how many tokens a text has.
   *
   * @param model the name that the provider knows it by
   */
  long tokens(String model, String text);
}
