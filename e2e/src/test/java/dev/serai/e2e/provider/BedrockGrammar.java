package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Amazon Bedrock's Converse and ConverseStream. An event is written here as its type, a space and
 * its JSON; AWS's own encoder makes the bytes.
 */
final class BedrockGrammar implements Grammar {
  private final boolean streaming;

  BedrockGrammar(String path) {
    this.streaming = path.endsWith("/converse-stream");
  }

  @Override
  public String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public byte[] frame(byte[] event) {
    int space = 0;
    while (event[space] != ' ') {
      space++;
    }
    String type = new String(event, 0, space, StandardCharsets.UTF_8);
    String kind = type.endsWith("Exception") ? "exception" : "event";
    Map<String, HeaderValue> headers =
        Map.of(
            ":" + kind + "-type",
            HeaderValue.fromString(type),
            ":content-type",
            HeaderValue.fromString("application/json"),
            ":message-type",
            HeaderValue.fromString(kind));
    byte[] payload = Arrays.copyOfRange(event, space + 1, event.length);
    return new Message(headers, payload).toByteBuffer().array();
  }

  @Override
  public String whole(String model, Said said) {
    ObjectNode reply = Grammar.object();
    ArrayNode content =
        reply.putObject("output").putObject("message").put("role", "assistant").putArray("content");
    said.reasoning()
        .ifPresent(
            text ->
                content
                    .addObject()
                    .putObject("reasoningContent")
                    .putObject("reasoningText")
                    .put("text", text)
                    .put("signature", Cassette.SIGNATURE));
    if (!said.text().isEmpty()) {
      content.addObject().put("text", said.text());
    }
    for (Said.ToolCall call : said.calls()) {
      ObjectNode use = content.addObject().putObject("toolUse");
      use.put("toolUseId", call.id()).put("name", call.name());
      use.set("input", Grammar.parse(call.arguments()));
    }
    reply.put("stopReason", stop(said));
    reply.set("usage", usage(said));
    return reply.toString();
  }

  @Override
  public Events stream(String model, Said said) {
    List<String> opening = new ArrayList<>();
    opening.add(event("messageStart", Grammar.object().put("role", "assistant")));
    List<String> tokens = new ArrayList<>();
    int index = -1;
    boolean inText = false;
    for (Said.Piece piece : said.pieces()) {
      boolean text = piece instanceof Said.Text;
      if (!(text && inText)) {
        index++;
      }
      inText = text;
      switch (piece) {
        case Said.Reasoning thought -> {
          tokens.add(reasoning(index, "text", thought.text()));
          tokens.add(reasoning(index, "signature", thought.signature()));
        }
        case Said.Text t -> tokens.add(delta(index, Grammar.object().put("text", t.text())));
        case Said.ToolCall call -> tokens.addAll(call(index, call));
      }
    }
    ObjectNode metadata = Grammar.object();
    metadata.set("usage", usage(said));
    metadata.putObject("metrics").put("latencyMs", 1);
    return new Events(
        opening,
        tokens,
        List.of(
            event("contentBlockStop", Grammar.object().put("contentBlockIndex", index)),
            event("messageStop", Grammar.object().put("stopReason", stop(said))),
            event("metadata", metadata)));
  }

  private static List<String> call(int index, Said.ToolCall call) {
    List<String> events = new ArrayList<>();
    ObjectNode start = Grammar.object().put("contentBlockIndex", index);
    start
        .putObject("start")
        .putObject("toolUse")
        .put("toolUseId", call.id())
        .put("name", call.name());
    events.add(event("contentBlockStart", start));
    for (String fragment : call.fragments()) {
      ObjectNode delta = Grammar.object();
      delta.putObject("toolUse").put("input", fragment);
      events.add(delta(index, delta));
    }
    return events;
  }

  private static String reasoning(int index, String member, String value) {
    ObjectNode delta = Grammar.object();
    delta.putObject("reasoningContent").put(member, value);
    return delta(index, delta);
  }

  private static String delta(int index, ObjectNode delta) {
    ObjectNode event = Grammar.object().put("contentBlockIndex", index).put("p", "abcdef");
    event.set("delta", delta);
    return event("contentBlockDelta", event);
  }

  private static String event(String type, JsonNode data) {
    return type + " " + data;
  }

  /** What comes from the cache is not in inputTokens. */
  private static ObjectNode usage(Said said) {
    return Grammar.object()
        .put("inputTokens", said.counts().prompt() - said.counts().cached())
        .put("cacheReadInputTokens", said.counts().cached())
        .put("outputTokens", said.counts().completion())
        .put("totalTokens", said.counts().prompt() + said.counts().completion());
  }

  private static String stop(Said said) {
    return switch (said.finish()) {
      case "tool_calls" -> "tool_use";
      case "length" -> "max_tokens";
      case "refusal" -> "guardrail_intervened";
      default -> "end_turn";
    };
  }

  @Override
  public String failure(int status, String message) {
    String type =
        switch (status) {
          case 400 -> "ValidationException";
          case 401, 403 -> "AccessDeniedException";
          case 404 -> "ResourceNotFoundException";
          case 429 -> "ThrottlingException";
          case 503, 529 -> "ServiceUnavailableException";
          default -> "InternalServerException";
        };
    return Grammar.object()
        .put("__type", "com.amazon.bedrock#" + type)
        .put("message", message)
        .toString();
  }

  @Override
  public String failureEvent(String message) {
    return "modelStreamErrorException " + Grammar.object().put("message", message);
  }

  /** By outputConfig, or by a tool that must be used. */
  @Override
  public boolean hasSchema(JsonNode request) {
    return request.at("/outputConfig/textFormat/structure/jsonSchema/schema").isTextual()
        || request.at("/toolConfig/toolChoice/tool/name").isTextual();
  }

  @Override
  public boolean hasImage(JsonNode request) {
    return request.findValuesAsText("format").contains("png");
  }

  @Override
  public boolean wantsStream(JsonNode request) {
    return streaming;
  }
}
