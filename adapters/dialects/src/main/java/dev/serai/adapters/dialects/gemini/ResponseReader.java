package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.GeneratedIds;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole answer. */
final class ResponseReader {
  private final byte[] body;
  private final Destination destination;

  ResponseReader(byte[] body, Destination destination) {
    this.body = body;
    this.destination = destination;
  }

  /** Only the count. */
  Optional<Usage> readUsage() {
    return walk().usage();
  }

  private ResponseScanner walk() {
    ResponseScanner walk = new ResponseScanner();
    try {
      walk.over(body, 0, body.length);
    } catch (MalformedInput e) {
      throw ProviderProblems.garbled(destination, "an answer that cannot be read");
    }
    if (walk.isError()) {
      throw ErrorReader.of(body).problem(destination);
    }
    if (!walk.answers()) {
      throw ProviderProblems.garbled(destination, "an answer without candidates");
    }
    if (walk.finishes() == 0 && walk.blockReason().isEmpty()) {
      throw ProviderProblems.garbled(destination, "a candidate without a finish reason");
    }
    return walk;
  }

  ChatResponse read() {
    ResponseScanner walk = walk();
    JsonNode answer = tree();
    String id = answer.path("responseId").asText("");
    String seed = id.isEmpty() ? GeneratedIds.seed(body, 0, body.length) : id;
    ResponsePartReader reader = new ResponsePartReader(destination, seed);
    List<Choice> choices = new ArrayList<>();
    for (JsonNode candidate : answer.path("candidates")) {
      choices.add(choice(candidate, choices.size(), reader));
      reader.drop(candidate, _ -> {});
    }
    if (choices.isEmpty()) {
      FinishReason why = FinishReasons.blocked(walk.blockReason());
      choices.add(new Choice(0, List.of(), AnswerStream.refusal(walk), why));
    }
    String model = answer.path("modelVersion").asText(destination.model());
    return new ChatResponse(seed, model, seconds(answer), choices, walk.usage(), reader.dropped());
  }

  /** Stricter than the walk: a name twice is not read over. */
  private JsonNode tree() {
    try {
      return StrictJson.tree(body);
    } catch (MalformedInput e) {
      throw ProviderProblems.garbled(destination, "an answer that cannot be read");
    }
  }

  /** Seconds since 1970, 0 if it is not said. */
  static long seconds(JsonNode answer) {
    String time = answer.path("createTime").asText("");
    try {
      return time.isEmpty() ? 0 : OffsetDateTime.parse(time).toEpochSecond();
    } catch (DateTimeException e) {
      // The time is not worth an answer.
      return 0;
    }
  }

  private static Choice choice(JsonNode candidate, int place, ResponsePartReader reader) {
    List<Part> parts = new ArrayList<>();
    StringBuilder thought = new StringBuilder();
    boolean calls = false;
    for (JsonNode part : candidate.path("content").path("parts")) {
      calls |= part.path("functionCall").isObject();
      take(part, reader, parts, thought);
    }
    endThought(thought, Optional.empty(), parts);
    return new Choice(
        candidate.path("index").asInt(place),
        parts,
        Optional.empty(),
        FinishReasons.read(
            candidate.path("finishReason").asText("FINISH_REASON_UNSPECIFIED"), calls));
  }

  private static void take(
      JsonNode part, ResponsePartReader reader, List<Part> parts, StringBuilder thought) {
    Optional<OpaqueState> state = reader.state(part);
    String text = part.path("text").asText("");
    if (part.path("functionCall").isObject()) {
      endThought(thought, Optional.empty(), parts);
      parts.add(new ToolCallPart(reader.call(part, state)));
      return;
    }
    if (part.path("thought").asBoolean(false)) {
      thought.append(text);
    } else {
      endThought(thought, Optional.empty(), parts);
      if (!text.isEmpty()) {
        parts.add(new TextPart(text));
      }
      ResponsePartReader.picture(part).ifPresent(parts::add);
    }
    if (state.isPresent()) {
      endThought(thought, state, parts);
    }
  }

  private static void endThought(
      StringBuilder thought, Optional<OpaqueState> state, List<Part> parts) {
    if (!thought.isEmpty() || state.isPresent()) {
      parts.add(new ReasoningPart(thought.toString(), state));
      thought.setLength(0);
    }
  }
}
