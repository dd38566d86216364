package dev.serai.processors.attempt;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a reply that is a stream, although a whole response was asked for, as one response: some
 * servers stream whatever the request says. The reply is in memory and its size is bounded. For one
 * reply; not thread-safe.
 */
final class EventsAsResponse {
  private static final List<String> TYPES =
      List.of("text/event-stream", "application/x-ndjson", "application/vnd.amazon.eventstream");

  /** How a body of server-sent events begins, whatever its type says; no JSON does. */
  private static final List<String> STARTS = List.of("data:", "event:");

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
    private TextDetails details = TextDetails.NONE;
    private FinishReason finish = FinishReason.of("stop");

    void endText() {
      if (!text.isEmpty()) {
        parts.add(new TextPart(text.toString()));
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
      endBoth();
      calls.values().forEach(call -> parts.add(new ToolCallPart(call.whole())));
      Optional<String> refused = Optional.of(refusal.toString()).filter(said -> !said.isEmpty());
      return new Choice(index, parts, refused, finish, details);
    }
  }

  private record Called(ChatEvent.ToolCallStarted start, StringBuilder arguments) {
    ToolCall whole() {
      return new ToolCall(start.id(), start.name(), arguments.toString(), start.state());
    }
  }

  /** Whether a successful reply is a stream. */
  static boolean isStream(Reply.Complete reply) {
    String type = reply.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    byte[] body = reply.body();
    String start =
        new String(Arrays.copyOf(body, Math.min(body.length, 8)), StandardCharsets.ISO_8859_1);
    return TYPES.stream().anyMatch(type::startsWith) || STARTS.stream().anyMatch(start::startsWith);
  }

  /**
   * Reads a whole stream.
   *
   * @throws dev.serai.core.problem.GatewayProblem if it reports a failure or is incomplete
   */
  static ChatResponse read(ChatStreamDecoder decoder, byte[] body) {
    EventsAsResponse collected = new EventsAsResponse();
    decoder.read(body, collected::add);
    decoder.end(collected::add);
    return collected.whole();
  }

  private void add(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started started -> head = started;
      case ChatEvent.UsageReported(Usage counted) -> usage = Optional.of(counted);
      case ChatEvent.Dropped(String name) -> dropped.add(name);
      case ChatEvent.Failed failed -> throw failed.problem();
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
      case ChatEvent.TextDetailed(int choice, TextDetails details) ->
          of(choice).details = of(choice).details.plus(details);
      case ChatEvent.ImageGenerated image -> {
        of(image.choice()).endBoth();
        of(image.choice()).parts.add(image.image());
      }
      case ChatEvent.ToolCallStarted call ->
          of(call.choice()).calls.put(call.index(), new Called(call, new StringBuilder()));
      case ChatEvent.ToolArgumentsDelta(int choice, int index, String fragment) ->
          Optional.ofNullable(of(choice).calls.get(index))
              .ifPresent(call -> call.arguments().append(fragment));
      case ChatEvent.Finished(int choice, FinishReason reason) -> of(choice).finish = reason;
      case ChatEvent.Ended _, ChatEvent.Relayed _ -> {
        // says nothing of the response
      }
    }
  }

  private Pieces of(int choice) {
    return choices.computeIfAbsent(choice, _ -> new Pieces());
  }

  private ChatResponse whole() {
    List<Choice> whole = new ArrayList<>();
    choices.forEach((index, pieces) -> whole.add(pieces.whole(index)));
    return new ChatResponse(
        head.id(), head.model(), head.createdSeconds(), List.copyOf(whole), usage, dropped);
  }
}
