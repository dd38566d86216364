package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages. */
final class AnthropicGrammar implements Grammar {
  private static final String ID = "msg_01XFDUDYJgAACzvnptvVoYEL";

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public String whole(String model, Said said) {
    ObjectNode reply = head(model);
    ArrayNode content = (ArrayNode) reply.get("content");
    for (Said.Piece piece : said.pieces()) {
      if (piece instanceof Said.Reasoning thought) {
        content.add(thinking(thought.text(), thought.signature()));
      }
    }
    if (!said.text().isEmpty()) {
      content.addObject().put("type", "text").put("text", said.text());
    }
    for (Said.ToolCall call : said.calls()) {
      ObjectNode block = block(call);
      block.set("input", Grammar.parse(call.arguments()));
      content.add(block);
    }
    reply.put("stop_reason", stop(said)).putNull("stop_sequence");
    reply.set("usage", usage(said, said.counts().completion()));
    return reply.toString();
  }

  @Override
  public Events stream(String model, Said said) {
    ObjectNode start = Grammar.object().put("type", "message_start");
    ObjectNode message = head(model).putNull("stop_reason").putNull("stop_sequence");
    message.set("usage", usage(said, Math.min(1, said.counts().completion())));
    start.set("message", message);
    List<String> opening = new ArrayList<>();
    opening.add(Grammar.event("message_start", start));
    opening.add(Grammar.event("ping", Grammar.object().put("type", "ping")));
    ObjectNode delta = Grammar.object().put("type", "message_delta");
    delta.putObject("delta").put("stop_reason", stop(said)).putNull("stop_sequence");
    delta.set("usage", usage(said, said.counts().completion())); // cumulative, all of it
    List<String> tokens = new ArrayList<>();
    int last = blocks(said, tokens);
    List<String> closing = new ArrayList<>();
    if (last >= 0) {
      opening.add(tokens.removeFirst()); // the start of a block is not a token
      closing.add(stopBlock(last));
    }
    closing.add(Grammar.event("message_delta", delta));
    closing.add(Grammar.event("message_stop", Grammar.object().put("type", "message_stop")));
    return new Events(opening, tokens, closing);
  }

  /** Adds the events of the blocks; the last one stays open and its index is given back. */
  private static int blocks(Said said, List<String> events) {
    int index = -1;
    boolean inText = false;
    for (Said.Piece piece : said.pieces()) {
      boolean text = piece instanceof Said.Text;
      if (!(text && inText)) {
        if (index >= 0) {
          events.add(stopBlock(index));
        }
        index++;
        events.add(startBlock(index, piece));
      }
      inText = text;
      switch (piece) {
        case Said.Reasoning thought -> {
          events.add(blockDelta(index, "thinking_delta", "thinking", thought.text()));
          events.add(blockDelta(index, "signature_delta", "signature", thought.signature()));
        }
        case Said.Text t -> events.add(blockDelta(index, "text_delta", "text", t.text()));
        case Said.ToolCall call -> {
          for (String fragment : call.fragments()) {
            events.add(blockDelta(index, "input_json_delta", "partial_json", fragment));
          }
        }
      }
    }
    return index;
  }

  private static String startBlock(int index, Said.Piece piece) {
    ObjectNode start = Grammar.object().put("type", "content_block_start").put("index", index);
    start.set(
        "content_block",
        switch (piece) {
          case Said.Reasoning _ -> thinking("", "");
          case Said.Text _ -> Grammar.object().put("type", "text").put("text", "");
          case Said.ToolCall call -> block(call);
        });
    return Grammar.event("content_block_start", start);
  }

  private static String blockDelta(int index, String type, String field, String value) {
    ObjectNode delta = Grammar.object().put("type", "content_block_delta").put("index", index);
    delta.putObject("delta").put("type", type).put(field, value);
    return Grammar.event("content_block_delta", delta);
  }

  private static String stopBlock(int index) {
    return Grammar.event(
        "content_block_stop",
        Grammar.object().put("type", "content_block_stop").put("index", index));
  }

  private static ObjectNode thinking(String text, String signature) {
    return Grammar.object()
        .put("type", "thinking")
        .put("thinking", text)
        .put("signature", signature);
  }

  private static ObjectNode block(Said.ToolCall call) {
    ObjectNode block =
        Grammar.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
    block.putObject("input");
    return block;
  }

  private static ObjectNode head(String model) {
    ObjectNode head =
        Grammar.object()
            .put("id", ID)
            .put("type", "message")
            .put("role", "assistant")
            .put("model", model);
    head.putArray("content");
    return head;
  }

  /** What comes from the cache is not in input_tokens. */
  private static ObjectNode usage(Said said, int output) {
    return Grammar.object()
        .put("input_tokens", said.counts().prompt() - said.counts().cached())
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", said.counts().cached())
        .put("output_tokens", output);
  }

  private static String stop(Said said) {
    return switch (said.finish()) {
      case "tool_calls" -> "tool_use";
      case "length" -> "max_tokens";
      case "refusal" -> "refusal";
      default -> "end_turn";
    };
  }

  @Override
  public String failure(int status, String message) {
    ObjectNode body = Grammar.object().put("type", "error");
    body.putObject("error").put("type", Grammar.typeOf(status)).put("message", message);
    return body.put("request_id", "req_011CSHoEeqs5C35K2UUqR7Fy").toString();
  }

  @Override
  public String failureEvent(String message) {
    return "event: error\ndata: " + failure(529, message) + "\n\n";
  }

  /** By output_config.format, or by a tool that must be used. */
  @Override
  public boolean hasSchema(JsonNode request) {
    return request.at("/output_config/format/schema").isObject()
        || request.at("/tool_choice/type").asText().equals("tool");
  }

  @Override
  public boolean hasImage(JsonNode request) {
    return request.findValuesAsText("media_type").contains("image/png");
  }

  @Override
  public boolean wantsStream(JsonNode request) {
    return request.path("stream").asBoolean(false);
  }
}
