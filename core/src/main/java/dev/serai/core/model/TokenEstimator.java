package dev.serai.core.model;

import dev.serai.core.chat.Conversation;

/** Counts tokens where no provider does. Thread-safe; may take long, so not for an event loop. */
public interface TokenEstimator {
  /**
   * About how many tokens a prompt has: its messages and its tools.
   *
   * @param model the name that the provider knows it by
   */
  long estimate(String model, Conversation conversation);

  /**
   * About how many tokens a text has.
   *
   * @param model the name that the provider knows it by
   */
  long tokens(String model, String text);
}
