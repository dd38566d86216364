package dev.serai.core.guard;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.guard.GuardedText.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Finds the texts of requests and responses that guards check. */
final class GuardedTexts {
  private final List<GuardedText> texts = new ArrayList<>();

  private GuardedTexts() {}

  /** Every text of a request: of messages, tool calls, their results, tools and other members. */
  static List<GuardedText> of(Conversation conversation) {
    GuardedTexts found = new GuardedTexts();
    conversation.messages().forEach(found::add);
    conversation.tools().forEach(found::add);
    if (conversation.responseFormat() instanceof ResponseFormat.JsonSchema schema) {
      found.add(Source.SCHEMA, schema.schemaJson());
    }
    conversation.unknown().values().forEach(json -> found.add(Source.OTHER_MEMBER, json));
    return found.texts;
  }

  /** Every text of a response. */
  static List<GuardedText> of(ChatResponse response) {
    GuardedTexts found = new GuardedTexts();
    for (ChatResponse.Choice choice : response.choices()) {
      found.parts(Source.ASSISTANT, choice.parts());
      choice.refusal().ifPresent(text -> found.add(Source.ASSISTANT, text));
      choice.details().annotations().forEach(json -> found.add(Source.ASSISTANT, json));
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
    message.name().ifPresent(name -> add(source, name));
    message.refusal().ifPresent(text -> add(source, text));
  }

  private void add(Tool tool) {
    add(Source.TOOL_DEFINITION, tool.name());
    tool.description().ifPresent(text -> add(Source.TOOL_DEFINITION, text));
    add(Source.SCHEMA, tool.parametersJson());
  }

  /** Parts are texts of their own, and together one more: what is split over two is found. */
  private void parts(Source source, List<Part> parts) {
    StringBuilder joined = new StringBuilder();
    int written = 0;
    for (Part part : parts) {
      switch (part) {
        case TextPart(String text, _, List<String> citations) -> {
          add(source, text);
          citations.forEach(json -> add(source, json));
          joined.append(text);
          written++;
        }
        case FilePart file -> document(source, file);
        case ReasoningPart(String text, _) -> add(source, text);
        case ToolCallPart(var call, _) -> {
          add(Source.TOOL_DEFINITION, call.name());
          add(Source.TOOL_ARGUMENTS, call.arguments());
        }
        default -> {} // images and audio are not searched
      }
    }
    if (written > 1) {
      add(source, joined.toString());
    }
  }

  /** The name of a file, and what a document of text says. */
  private void document(Source source, FilePart file) {
    file.filename().ifPresent(name -> add(source, name));
    if (file.source() instanceof InlineSource inline && inline.isText()) {
      try {
        byte[] bytes = Base64.getMimeDecoder().decode(inline.base64());
        add(source, new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException _) {
        add(source, inline.base64()); // no base64: a provider may take it as it is
      }
    }
  }

  private void add(Source source, String text) {
    if (!text.isEmpty()) {
      texts.add(new GuardedText(source, text));
    }
  }
}
