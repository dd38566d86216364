package dev.serai.processors.privacy;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.http.Reply;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.privacy.TextUnmasker;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Restores the values of a masked call in its reply: in texts, reasoning, refusals and the
 * arguments of tool calls, which are JSON. A call that is not masked keeps its reply. For the
 * thread that the call is on.
 */
public final class UnmaskedReply {
  private UnmaskedReply() {}

  /** Whether values of the call are masked, so that its reply cannot be forwarded unchanged. */
  public static boolean isNeeded(Call call) {
    return placeholders(call).isPresent();
  }

  private static Optional<Placeholders> placeholders(Call call) {
    return call.placeholders().filter(known -> !known.isEmpty());
  }

  /** A streamed response with the values. */
  public static ChatStream of(Call call, ChatStream masked) {
    return placeholders(call)
        .map(known -> (ChatStream) new UnmaskedStream(masked, known, isJson(call)))
        .orElse(masked);
  }

  /** A whole response with the values. */
  public static ChatResponse of(Call call, ChatResponse masked) {
    return placeholders(call)
        .map(known -> response(new Texts(known, isJson(call)), masked))
        .orElse(masked);
  }

  /** A reply in JSON that is forwarded, with the values. */
  public static Reply of(Call call, Reply masked) {
    Optional<Placeholders> known = placeholders(call);
    boolean json = masked.headers().first("content-type").orElse("").contains("json");
    if (known.isEmpty() || !json || !(masked instanceof Reply.Complete whole)) {
      return masked;
    }
    String text = new String(whole.body(), StandardCharsets.UTF_8);
    String restored = TextUnmasker.whole(known.get(), true, text);
    byte[] body = restored.getBytes(StandardCharsets.UTF_8);
    return new Reply.Complete(whole.status(), whole.headers(), body);
  }

  /** Whether the request wants a response that is JSON; no if it can only be forwarded. */
  private static boolean isJson(Call call) {
    try {
      ResponseFormat format = call.chat().conversation().responseFormat();
      return format instanceof ResponseFormat.JsonObject
          || format instanceof ResponseFormat.JsonSchema;
    } catch (CallerProblem _) {
      return false;
    }
  }

  private static ChatResponse response(Texts texts, ChatResponse masked) {
    List<Choice> choices = masked.choices().stream().map(texts::choice).toList();
    Set<String> dropped = new LinkedHashSet<>(masked.dropped());
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).details().isEmpty()) {
        dropped.addAll(masked.choices().get(i).details().names());
      }
      if (masked.choices().get(i).parts().stream().anyMatch(UnmaskedReply::isCited)) {
        dropped.add(ChatEvent.TextCited.NAME); // they describe the masked documents
      }
    }
    return new ChatResponse(
        masked.id(),
        masked.model(),
        masked.createdSeconds(),
        choices,
        masked.usage(),
        List.copyOf(dropped));
  }

  private static boolean isCited(Part part) {
    return part instanceof TextPart text && !text.citations().isEmpty();
  }

  /** Restores the texts of one response. */
  private record Texts(Placeholders placeholders, boolean json) {
    Choice choice(Choice masked) {
      List<Part> parts = masked.parts().stream().map(this::part).toList();
      Optional<String> refusal = masked.refusal().map(this::plain);
      // Details describe the masked text: those of a text that differs are left out.
      boolean same = Parts.text(parts).equals(masked.text());
      TextDetails details = same ? masked.details() : TextDetails.NONE;
      return new Choice(masked.index(), parts, refusal, masked.finish(), details);
    }

    private Part part(Part masked) {
      return switch (masked) {
        case TextPart text ->
            new TextPart(TextUnmasker.whole(placeholders, json, text.text()), text.cache());
        case ReasoningPart reasoning ->
            new ReasoningPart(plain(reasoning.text()), reasoning.state());
        case ToolCallPart called -> new ToolCallPart(call(called.call()), called.cache());
        default -> masked;
      };
    }

    private ToolCall call(ToolCall masked) {
      String arguments = TextUnmasker.whole(placeholders, true, masked.arguments());
      return new ToolCall(masked.id(), masked.name(), arguments, masked.state());
    }

    private String plain(String text) {
      return TextUnmasker.whole(placeholders, false, text);
    }
  }
}
