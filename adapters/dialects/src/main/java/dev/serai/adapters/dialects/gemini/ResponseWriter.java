package dev.serai.adapters.dialects.gemini;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.json.JsonWriter;

/** Writes a non-streaming response as {@code GenerateContentResponse}. */
final class ResponseWriter {
  private ResponseWriter() {}

  static byte[] write(ChatResponse response) {
    JsonWriter out = new JsonWriter(1024).beginObject().name("candidates").beginArray();
    for (Choice choice : response.choices()) {
      out.beginObject().name("content").beginObject().name("parts").beginArray();
      choice.parts().forEach(part -> part(out, part));
      String refusal = choice.refusalText().orElse("");
      boolean aside = choice.text().isPresent();
      if (!refusal.isEmpty() && !aside) {
        ResponseParts.text(out, refusal, false);
      }
      out.endArray().member("role", "model").endObject();
      FinishReason reason = FinishReasons.orRefused(choice.finish(), choice.refusal().isPresent());
      boolean repeated = choice.text().filter(refusal::equals).isPresent();
      ResponseParts.finish(out, reason, aside && !repeated ? refusal : "");
      out.member("index", choice.index()).endObject();
    }
    out.endArray();
    response.usage().ifPresent(usage -> ResponseParts.usage(out, usage));
    ResponseParts.head(out, response.id(), response.model());
    return out.endObject().bytes();
  }

  private static void reasoning(JsonWriter out, ReasoningPart part) {
    part.state()
        .ifPresentOrElse(
            state -> ResponseParts.reasoning(out, part.text(), state),
            () -> ResponseParts.text(out, part.text(), true));
  }

  private static void part(JsonWriter out, Part part) {
    switch (part) {
      case TextPart text -> ResponseParts.text(out, text.text(), false);
      case ToolCallPart called -> ResponseParts.call(out, called.call());
      case ReasoningPart reasoning -> reasoning(out, reasoning);
      case ImagePart image -> ResponseParts.image(out, image);
      default -> {
        // Models respond with nothing else.
      }
    }
  }
}
