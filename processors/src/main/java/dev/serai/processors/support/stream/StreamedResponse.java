package dev.serai.processors.support.stream;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.TextDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the events of a stream together as one response. For one stream; not thread-safe. */
public final class StreamedResponse {
  private final Map<Integer, Pieces> choices = new TreeMap<>();
  private final List<String> dropped = new ArrayList<>(0);
  private ChatEvent.Started head = new ChatEvent.Started("", "", 0);
  private Optional<Usage> usage = Optional.empty();

  /** What one choice consists of so far. */
  private static final class Pieces {
    private final List<Part> parts = new ArrayList<>();
    private final Map<Integer, Called> calls = new TreeMap<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<String> annotations = new ArrayList<>(0);
    private final List<String> logprobs = new ArrayList<>(0);
    private FinishReason finish = FinishReason.of("stop");

    /** A fragment without a beginning is of a call without a name. */
    Called called(int choice, int index) {
      return calls.computeIfAbsent(
          index,
          _ ->
              new Called(
                  new ChatEvent.ToolCallStarted(choice, index, "", "", Optional.empty()),
                  new StringBuilder()));
    }

    void endText() {
      endText(List.of());
    }

    void endText(List<String> citations) {
      if (!text.isEmpty()) {
        parts.add(new TextPart(text.toString(), Optional.empty(), citations));
        text.setLength(0);
      }
    }

    void endReasoning(Optional<OpaqueState> state) {
      if (!reasoning.isEmpty() || state.isPresent()) {
        parts.add(new ReasoningPart(reasoning.toString(), state));
        reasoning.setLength(0);
      }
    }

    void endBoth() {
      endReasoning(Optional.empty());
      endText();
    }

    Choice whole(int index) {
      List<Part> all = new ArrayList<>(parts);
      if (!reasoning.isEmpty()) {
        all.add(new ReasoningPart(reasoning.toString()));
      }
      if (!text.isEmpty()) {
        all.add(new TextPart(text.toString()));
      }
      calls.values().forEach(call -> all.add(new ToolCallPart(call.whole())));
      Optional<String> refused = Optional.of(refusal.toString()).filter(said -> !said.isEmpty());
      return new Choice(index, all, refused, finish, new TextDetails(annotations, logprobs));
    }
  }

  private record Called(ChatEvent.ToolCallStarted start, StringBuilder arguments) {
    ToolCall whole() {
      return new ToolCall(start.id(), start.name(), arguments.toString(), start.state());
    }
  }

  /** Adds what comes next. */
  public void add(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started started -> head = started;
      case ChatEvent.UsageReported(Usage counted) -> usage = Optional.of(counted);
      case ChatEvent.Dropped(String name) -> dropped.add(name);
      case ChatEvent.TextDelta(int choice, String text) -> {
        of(choice).endReasoning(Optional.empty());
        of(choice).text.append(text);
      }
      case ChatEvent.ReasoningDelta(int choice, String text) -> {
        of(choice).endText();
        of(choice).reasoning.append(text);
      }
      case ChatEvent.ReasoningState(int choice, OpaqueState state) -> {
        of(choice).endText();
        of(choice).endReasoning(Optional.of(state));
      }
      case ChatEvent.RefusalDelta(int choice, String text) -> of(choice).refusal.append(text);
      case ChatEvent.TextDetailed(int choice, TextDetails details) -> {
        of(choice).annotations.addAll(details.annotations());
        of(choice).logprobs.addAll(details.logprobs());
      }
      case ChatEvent.TextCited(int choice, List<String> citations) -> of(choice).endText(citations);
      case ChatEvent.ImageGenerated image -> {
        of(image.choice()).endBoth();
        of(image.choice()).parts.add(image.image());
      }
      case ChatEvent.ToolCallStarted call ->
          of(call.choice()).calls.put(call.index(), new Called(call, new StringBuilder()));
      case ChatEvent.ToolArgumentsDelta(int choice, int index, String fragment) ->
          of(choice).called(choice, index).arguments().append(fragment);
      case ChatEvent.Finished(int choice, FinishReason reason) -> of(choice).finish = reason;
      case ChatEvent.Ended _, ChatEvent.Failed _, ChatEvent.Relayed _ -> {
        // says nothing of the response
      }
    }
  }

  private Pieces of(int choice) {
    return choices.computeIfAbsent(choice, _ -> new Pieces());
  }

  /** How many characters an event has: of text, and of what belongs to it. */
  public static long length(ChatEvent event) {
    return switch (event) {
      case ChatEvent.TextDelta delta -> delta.text().length();
      case ChatEvent.ReasoningDelta delta -> delta.text().length();
      case ChatEvent.RefusalDelta delta -> delta.text().length();
      case ChatEvent.ToolCallStarted call -> call.name().length() + call.id().length();
      case ChatEvent.ToolArgumentsDelta delta -> delta.fragment().length();
      case ChatEvent.TextCited cited -> length(cited.citations());
      case ChatEvent.TextDetailed detailed -> length(detailed.details());
      case ChatEvent.ReasoningState reasoned -> reasoned.state().data().length();
      case ChatEvent.ImageGenerated image -> length(image.image());
      case ChatEvent.Relayed relayed -> relayed.bytes().length;
      default -> 0;
    };
  }

  /** How many characters the details of a text have. */
  public static long length(TextDetails details) {
    return length(details.annotations()) + length(details.logprobs());
  }

  /** How many characters an image has. */
  public static long length(ImagePart image) {
    return image.source() instanceof InlineSource inline ? inline.base64().length() : 0;
  }

  /** How many characters texts have together. */
  public static long length(List<String> texts) {
    long length = 0;
    for (String text : texts) {
      length += text.length();
    }
    return length;
  }

  /** The response so far. */
  public ChatResponse whole() {
    List<Choice> whole = new ArrayList<>();
    choices.forEach((index, pieces) -> whole.add(pieces.whole(index)));
    return new ChatResponse(
        head.id(), head.model(), head.createdSeconds(), List.copyOf(whole), usage, dropped);
  }
}
