package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonOut;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Called;
import dev.serai.core.chat.Conversation.Image;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Text;
import dev.serai.core.chat.FinishReason.Kind;
import java.util.Optional;

/** Writes a whole answer as {@code GenerateContentResponse}. */
final class AnswerWriter {
  private AnswerWriter() {}

  static byte[] write(ChatResponse response) {
    JsonOut out = new JsonOut(1024).beginObject().name("candidates").beginArray();
    for (Choice choice : response.choices()) {
      out.beginObject().name("content").beginObject().name("parts").beginArray();
      choice.parts().forEach(part -> part(out, part));
      boolean refused = choice.finish().kind() == Kind.REFUSAL;
      choice
          .refusal()
          .or(() -> refused ? Optional.of(AnswerText.REFUSAL) : Optional.empty())
          .ifPresent(text -> AnswerText.text(out, text, false));
      out.endArray().member("role", "model").endObject();
      AnswerText.finish(out, FinishReasons.told(choice.finish(), choice.refusal().isPresent()));
      out.member("index", choice.index()).endObject();
    }
    out.endArray();
    response.usage().ifPresent(usage -> UsageTally.write(out, usage));
    AnswerText.head(out, response.id(), response.model());
    return out.endObject().bytes();
  }

  private static void part(JsonOut out, Part part) {
    switch (part) {
      case Text text -> AnswerText.text(out, text.text(), false);
      case Called called -> AnswerText.call(out, called.call());
      case Reasoning reasoning ->
          reasoning
              .state()
              .ifPresentOrElse(
                  state -> AnswerText.thought(out, reasoning.text(), state),
                  () -> AnswerText.text(out, reasoning.text(), true));
      case Image image -> AnswerText.picture(out, image);
      default -> {
        // No model answers with anything else.
      }
    }
  }
}
