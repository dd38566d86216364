package dev.serai.core.guard;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.guard.GuardedText.Source;
import java.util.ArrayList;
import java.util.List;

/** Finds the texts of requests and responses that guards check. */
final class GuardedTexts {
  private final List<GuardedText> texts = new ArrayList<>();

  private GuardedTexts() {}

  /** Every text of a request: of messages, tool calls, their results and tools. */
  static List<GuardedText> of(Conversation conversation) {
    GuardedTexts found = new GuardedTexts();
    conversation.messages().forEach(found::add);
    conversation.tools().forEach(found::add);
    return found.texts;
  }

  /** Every text of a response. */
  static List<GuardedText> of(ChatResponse response) {
    GuardedTexts found = new GuardedTexts();
    for (ChatResponse.Choice choice : response.choices()) {
      found.parts(Source.ASSISTANT, choice.parts());
      choice.refusal().ifPresent(text -> found.add(Source.ASSISTANT, text));
    }
    return found.texts;
  }

  private void add(Message message) {
    Source source =
        switch (message.role()) {
          case SYSTEM, DEVELOPER -> Source.SYSTEM;
          case USER -> Source.USER;
          case ASSISTANT -> Source.ASSISTANT;
          case TOOL -> Source.TOOL_RESULT;
        };
    parts(source, message.parts());
    message.refusal().ifPresent(text -> add(source, text));
  }

  private void add(Tool tool) {
    tool.description().ifPresent(text -> add(Source.TOOL_DEFINITION, text));
    add(Source.TOOL_DEFINITION, tool.parametersJson());
  }

  /** The text of adjacent parts is one text too: what is split over two parts is found. */
  private void parts(Source source, List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case TextPart(String written, _) -> text.append(written);
        case ReasoningPart(String written, _) -> add(source, written);
        case ToolCallPart(var call, _) -> add(Source.TOOL_ARGUMENTS, call.arguments());
        default -> {} // images, audio and files are not searched
      }
    }
    add(source, text.toString());
  }

  private void add(Source source, String text) {
    if (!text.isEmpty()) {
      texts.add(new GuardedText(source, text));
    }
  }
}
