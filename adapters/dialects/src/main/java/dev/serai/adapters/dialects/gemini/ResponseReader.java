package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.GeneratedIds;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.dialect.Destination;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a non-streaming response into core types. */
final class ResponseReader {
  private final byte[] body;
  private final DetailSupport details;
  private final Destination destination;

  /**
   * @param details the details of the text that the client can receive
   */
  ResponseReader(byte[] body, DetailSupport details, Destination destination) {
    this.body = body;
    this.details = details;
    this.destination = destination;
  }

  /** Reads only the token counts. A request that counts tokens uses none. */
  Optional<Usage> readUsage() {
    return isTokenCount() ? Optional.of(Usage.of(0, 0)) : scan().usage();
  }

  /** Whether the body is a response of {@code countTokens}. */
  private boolean isTokenCount() {
    JsonCursor cursor = new JsonCursor();
    try {
      cursor.over(body, 0, body.length).enterObject();
      return cursor.nextMember()
          && cursor.nameIs(MemberNames.COUNTED_TOKENS)
          && cursor.count() >= 0;
    } catch (MalformedInput e) {
      return false;
    }
  }

  private FrameScanner scan() {
    FrameScanner scanner = new FrameScanner();
    try {
      scanner.scan(body, 0, body.length);
    } catch (MalformedInput e) {
      throw ProviderProblems.malformed(destination, "a response that cannot be read");
    }
    if (scanner.isError()) {
      throw ErrorReader.of(body).problem(destination);
    }
    if (!scanner.hasResponse()) {
      throw ProviderProblems.malformed(destination, "a response without candidates");
    }
    if (!scanner.carriesToken() && scanner.blockReason().isEmpty()) {
      throw ProviderProblems.malformed(
          destination, "a candidate without content and finish reason");
    }
    return scanner;
  }

  ChatResponse read() {
    FrameScanner scanner = scan();
    JsonNode response = tree();
    String id = response.path("responseId").asText("");
    String seed = id.isEmpty() ? GeneratedIds.seed(body, 0, body.length) : id;
    ResponsePartReader reader = new ResponsePartReader(destination, details);
    reader.drop(body, 0, body.length, _ -> {});
    List<Choice> choices = new ArrayList<>();
    for (JsonNode candidate : response.path("candidates")) {
      choices.add(choice(candidate, choices.size(), reader));
    }
    choices.sort(Comparator.comparingInt(Choice::index));
    if (choices.isEmpty()) {
      FinishReason why = FinishReasons.blocked(scanner.blockReason());
      choices.add(new Choice(0, List.of(), StreamProgress.refusal(scanner), why));
    }
    String model = response.path("modelVersion").asText(destination.model());
    return new ChatResponse(
        seed, model, seconds(response), choices, scanner.usage(), reader.dropped());
  }

  /** Stricter than the scan: a duplicate name is rejected. */
  private JsonNode tree() {
    try {
      return StrictJson.tree(body);
    } catch (MalformedInput e) {
      throw ProviderProblems.malformed(destination, "a response that cannot be read");
    }
  }

  /** Seconds since 1970; 0 if absent. */
  static long seconds(JsonNode response) {
    String time = response.path("createTime").asText("");
    try {
      return time.isEmpty() ? 0 : OffsetDateTime.parse(time).toEpochSecond();
    } catch (DateTimeException e) {
      // A response is not rejected for its time.
      return 0;
    }
  }

  private static Choice choice(JsonNode candidate, int place, ResponsePartReader reader) {
    List<Part> parts = new ArrayList<>();
    StringBuilder reasoning = new StringBuilder();
    for (JsonNode part : candidate.path("content").path("parts")) {
      reader.dropData(part, _ -> {});
      take(part, reader, parts, reasoning);
    }
    ResponsePartReader.endReasoning(reasoning, Optional.empty(), parts);
    boolean calls = !Parts.toolCalls(parts).isEmpty();
    return new Choice(
        candidate.path("index").isNumber() ? candidate.path("index").intValue() : place,
        parts,
        Optional.empty(),
        FinishReasons.read(candidate.path("finishReason").asText(FinishReasons.STOP), calls),
        reader
            .logprobs(candidate)
            .plus(reader.sources(candidate, Parts.text(parts).orElse(""), 0)));
  }

  private static void take(
      JsonNode part, ResponsePartReader reader, List<Part> parts, StringBuilder reasoning) {
    Optional<OpaqueState> state = reader.state(part);
    String text = part.path("text").asText("");
    if (part.path("functionCall").isObject()) {
      ResponsePartReader.endReasoning(reasoning, Optional.empty(), parts);
      reader.call(part, state, _ -> {}).map(ToolCallPart::new).ifPresent(parts::add);
      return;
    }
    if (part.path("thought").asBoolean(false)) {
      reasoning.append(text);
    } else {
      ResponsePartReader.endReasoning(reasoning, Optional.empty(), parts);
      if (!text.isEmpty()) {
        parts.add(new TextPart(text));
      }
      ResponsePartReader.image(part).ifPresent(parts::add);
    }
    if (state.isPresent()) {
      ResponsePartReader.endReasoning(reasoning, state, parts);
    }
  }
}
