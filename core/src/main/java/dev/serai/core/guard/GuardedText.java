package dev.serai.core.guard;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import java.util.List;

/** One text of a request or a response. */
public record GuardedText(Source source, String text) {
  /** Who wrote the text. */
  public enum Source {
    /** System and developer messages. */
    SYSTEM,
    USER,
    /** The model: text, reasoning and refusals. */
    ASSISTANT,
    TOOL_RESULT,
    /** JSON that the model wrote for a tool. */
    TOOL_ARGUMENTS,
    /** Names and descriptions of tools. */
    TOOL_DEFINITION,
    /** JSON Schemas of the parameters of tools and of the response. */
    SCHEMA,
    /** JSON of members that the core types do not have. */
    OTHER_MEMBER;

    /** Whether the texts are JSON, in which characters may be escaped. */
    public boolean isJson() {
      return this == TOOL_ARGUMENTS || this == SCHEMA || this == OTHER_MEMBER;
    }
  }

  /** Every text of a request: of messages, tool calls, their results, tools and other members. */
  public static List<GuardedText> allOf(Conversation conversation) {
    return GuardedTexts.of(conversation);
  }

  /** Every text of a response. */
  public static List<GuardedText> allOf(ChatResponse response) {
    return GuardedTexts.of(response);
  }

  /** How many characters texts have. */
  public static long length(List<GuardedText> texts) {
    long length = 0;
    for (GuardedText text : texts) {
      length += text.text().length();
    }
    return length;
  }
}
