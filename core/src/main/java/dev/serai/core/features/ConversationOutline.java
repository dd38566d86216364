package dev.serai.core.features;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;

/** Reads the outline of a parsed request. For one request. */
final class ConversationOutline {
  private final OutlineBuilder outline = new OutlineBuilder();

  private ConversationOutline() {}

  static PromptOutline of(Conversation conversation, boolean streaming) {
    ConversationOutline reader = new ConversationOutline();
    conversation.messages().forEach(reader::message);
    conversation.tools().forEach(reader::tool);
    reader.needs(conversation);
    if (streaming) {
      reader.outline.need(Capability.STREAMING);
    }
    return reader.outline.build();
  }

  private void message(Message message) {
    outline.begin(message.role());
    if (message.role() == Role.TOOL) {
      outline.result();
    }
    for (Part part : message.parts()) {
      switch (part) {
        case TextPart(String text, _, _) -> outline.text(Excerpt.of(text));
        case ReasoningPart(String text, _) -> outline.weigh(Excerpt.of(text));
        case ToolCallPart(var call, _) -> {
          outline.call();
          outline.weigh(Excerpt.of(call.name()));
          outline.weigh(Excerpt.of(call.arguments()));
        }
        case ImagePart _ -> media(message, Modality.IMAGE);
        case AudioPart _ -> media(message, Modality.AUDIO);
        case FilePart file -> media(message, kind(file));
      }
    }
    outline.end();
  }

  private void media(Message message, Modality kind) {
    if (message.role() == Role.TOOL) {
      outline.resultMedia(kind);
    } else {
      outline.media(kind);
    }
  }

  private static Modality kind(FilePart file) {
    if (file.source() instanceof InlineSource inline) {
      Modality named = OutlineBuilder.kindOf(inline.mediaType());
      return named == Modality.IMAGE ? Modality.FILE : named;
    }
    return Modality.FILE;
  }

  private void tool(Tool tool) {
    outline.need(Capability.TOOLS);
    outline.weigh(Excerpt.of(tool.name()));
    outline.weigh(Excerpt.of(tool.description().orElse("")));
    outline.weigh(tool.parametersJson().length());
  }

  private void needs(Conversation conversation) {
    if (!conversation.tools().isEmpty()
        && conversation.toolChoice().parallelCalls().orElse(false)) {
      outline.need(Capability.PARALLEL_TOOLS);
    }
    switch (conversation.responseFormat()) {
      case ResponseFormat.JsonObject _ -> outline.need(Capability.JSON_MODE);
      case ResponseFormat.JsonSchema _ -> outline.need(Capability.STRUCTURED_OUTPUT);
      case ResponseFormat.PlainText _, ResponseFormat.Unset _ -> {}
    }
    if (reasons(conversation.sampling().reasoning())) {
      outline.need(Capability.REASONING);
    }
  }

  private static boolean reasons(ReasoningSettings reasoning) {
    return switch (reasoning.mode()) {
      case OFF -> false;
      case ON, ADAPTIVE -> true;
      case UNSET ->
          reasoning.effort().filter(effort -> !effort.equals("none")).isPresent()
              || reasoning.budgetTokens().orElse(0) > 0;
    };
  }
}
