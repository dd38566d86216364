package dev.serai.processors.support.stream;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the events of a stream together as one response, as far as checks of it read it: without
 * images. For one stream; not thread-safe.
 */
public final class StreamedResponse {
  private final Map<Integer, Pieces> choices = new TreeMap<>();

  /** The texts of one choice. */
  private static final class Pieces {
    private FinishReason finish = FinishReason.of("stop");
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final Map<Integer, Called> calls = new TreeMap<>();
  }

  private record Called(String id, String name, StringBuilder arguments) {}

  /** Adds what comes next. */
  public void add(ChatEvent event) {
    switch (event) {
      case ChatEvent.TextDelta(int choice, String text) -> of(choice).text.append(text);
      case ChatEvent.ReasoningDelta(int choice, String text) -> of(choice).reasoning.append(text);
      case ChatEvent.RefusalDelta(int choice, String text) -> of(choice).refusal.append(text);
      case ChatEvent.ToolCallStarted call ->
          of(call.choice())
              .calls
              .put(call.index(), new Called(call.id(), call.name(), new StringBuilder()));
      case ChatEvent.ToolArgumentsDelta(int choice, int index, String fragment) ->
          of(choice)
              .calls
              .computeIfAbsent(index, _ -> new Called("", "", new StringBuilder()))
              .arguments
              .append(fragment);
      case ChatEvent.Finished(int choice, FinishReason reason) -> of(choice).finish = reason;
      default -> {} // has no text
    }
  }

  private Pieces of(int choice) {
    return choices.computeIfAbsent(choice, _ -> new Pieces());
  }

  /** How many characters of text an event has. */
  public static long length(ChatEvent event) {
    return switch (event) {
      case ChatEvent.TextDelta delta -> delta.text().length();
      case ChatEvent.ReasoningDelta delta -> delta.text().length();
      case ChatEvent.RefusalDelta delta -> delta.text().length();
      case ChatEvent.ToolCallStarted call -> call.name().length() + call.id().length();
      case ChatEvent.ToolArgumentsDelta delta -> delta.fragment().length();
      case ChatEvent.Relayed relayed -> relayed.bytes().length;
      default -> 0;
    };
  }

  /** The response so far. */
  public ChatResponse whole() {
    List<Choice> whole = new ArrayList<>();
    choices.forEach(
        (index, pieces) -> {
          List<ToolCall> calls = new ArrayList<>();
          pieces.calls.values().forEach(c -> calls.add(call(c)));
          whole.add(
              new Choice(
                  index,
                  Parts.of(pieces.reasoning.toString(), pieces.text.toString(), calls),
                  Optional.of(pieces.refusal.toString()).filter(text -> !text.isEmpty()),
                  pieces.finish));
        });
    return new ChatResponse("", "", 0, List.copyOf(whole), Optional.empty());
  }

  private static ToolCall call(Called called) {
    return new ToolCall(called.id, called.name, called.arguments.toString());
  }
}
