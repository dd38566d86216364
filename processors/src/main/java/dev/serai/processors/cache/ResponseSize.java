package dev.serai.processors.cache;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.processors.support.stream.StreamedResponse;

/** Estimates how many bytes a response takes in memory. Pure. */
final class ResponseSize {
  /** Of objects, and of the key of the response. */
  private static final int FIXED = 1024;

  static final int BYTES_PER_CHARACTER = 2;

  private ResponseSize() {}

  static long of(ChatResponse response) {
    long size = FIXED;
    for (ChatResponse.Choice choice : response.choices()) {
      size += FIXED + BYTES_PER_CHARACTER * choice.refusal().orElse("").length();
      size += BYTES_PER_CHARACTER * StreamedResponse.length(choice.details());
      for (Part part : choice.parts()) {
        size += of(part);
      }
    }
    return size;
  }

  private static long of(Part part) {
    return switch (part) {
      case TextPart text ->
          BYTES_PER_CHARACTER * (text.text().length() + StreamedResponse.length(text.citations()));
      case ReasoningPart reasoning ->
          (long) BYTES_PER_CHARACTER
              * (reasoning.text().length()
                  + reasoning.state().map(state -> state.data().length()).orElse(0));
      case ToolCallPart called -> (long) BYTES_PER_CHARACTER * called.call().arguments().length();
      case ImagePart image -> BYTES_PER_CHARACTER * StreamedResponse.length(image);
      default -> FIXED;
    };
  }
}
