package dev.serai.core.feedback;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ResponseFormat;

/** Compares responses with the format that their request asked for. Thread-safe. */
@FunctionalInterface
public interface FormatCheck {
  /**
   * Whether the text of a response breaks the format. It may take long. A response that its model
   * did not finish breaks no format.
   *
   * @return false also if the response cannot be compared with the format
   */
  boolean isBroken(ResponseFormat format, ChatResponse response);
}
