package dev.serai.processors.attempt;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.privacy.JsonTexts;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what is wrong with a whole response. Thread-safe. */
final class ResponseCheck {
  private static final Pattern FAILED =
      Pattern.compile("error|malformed", Pattern.CASE_INSENSITIVE);

  private final JsonTexts json;

  /**
   * @param json tells whether a text is JSON
   */
  ResponseCheck(JsonTexts json) {
    this.json = json;
  }

  /** Why a response is of no use, as a sentence without its subject; empty if nothing is wrong. */
  Optional<String> of(ChatResponse response, ChatRequest request) {
    boolean asked =
        request.conversation().responseFormat() instanceof ResponseFormat.JsonObject
            || request.conversation().responseFormat() instanceof ResponseFormat.JsonSchema;
    for (ChatResponse.Choice choice : response.choices()) {
      Optional<String> why = of(choice, asked);
      if (why.isPresent()) {
        return why;
      }
    }
    return response.choices().isEmpty() ? Optional.of("it is empty") : Optional.empty();
  }

  private Optional<String> of(ChatResponse.Choice choice, boolean asked) {
    if (choice.refusal().isPresent()) {
      return Optional.of("it is a refusal");
    }
    Optional<String> end = ending(choice.finish());
    if (end.isPresent()) {
      return end;
    }
    String text = choice.text().orElse("");
    boolean calls = !choice.toolCalls().isEmpty();
    boolean images = choice.parts().stream().anyMatch(ImagePart.class::isInstance);
    if (text.isBlank() && !calls && !images) {
      return Optional.of("it is empty");
    }
    return asked && !calls && !isJson(text)
        ? Optional.of("it is not the JSON that was asked for")
        : Optional.empty();
  }

  private boolean isJson(String text) {
    try {
      var _ = json.rewrite(text.getBytes(StandardCharsets.UTF_8), (same, _) -> same);
      return true;
    } catch (GatewayProblem malformed) {
      return false;
    }
  }

  /** What the reason of the end says against a response; empty if nothing. */
  private static Optional<String> ending(FinishReason reason) {
    return switch (reason.kind()) {
      case REFUSAL, CONTENT_FILTER -> Optional.of("it is a refusal");
      case OTHER ->
          FAILED.matcher(reason.raw()).find()
              ? Optional.of("it ended with an error")
              : Optional.empty();
      case STOP, LENGTH, TOOL_CALLS, CONTEXT_FULL, PAUSED -> Optional.empty();
    };
  }
}
