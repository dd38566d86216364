package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's chat completions. */
final class OpenAiGrammar implements Grammar {
  private static final String ID = "chatcmpl-BxQzK2uJ4vWm";

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public String whole(String model, Said said) {
    ObjectNode message = Grammar.object().put("role", "assistant");
    boolean refused = said.finish().equals("refusal");
    if (refused || said.text().isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", said.text());
    }
    said.reasoning().ifPresent(text -> message.put("reasoning_content", text));
    message.set("refusal", refused ? message.textNode(said.text()) : message.nullNode());
    if (!said.calls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      for (Said.ToolCall call : said.calls()) {
        ObjectNode one = calls.addObject().put("id", call.id()).put("type", "function");
        one.putObject("function").put("name", call.name()).put("arguments", call.arguments());
      }
    }
    ObjectNode reply = head("chat.completion", model);
    ObjectNode choice = reply.putArray("choices").addObject().put("index", 0);
    choice.set("message", message);
    choice.putNull("logprobs").put("finish_reason", finish(said));
    reply.set("usage", usage(said));
    return reply.toString();
  }

  @Override
  public Events stream(String model, Said said) {
    List<String> tokens = new ArrayList<>();
    int tool = 0;
    String field = said.finish().equals("refusal") ? "refusal" : "content";
    for (Said.Piece piece : said.pieces()) {
      switch (piece) {
        case Said.Reasoning thought ->
            tokens.add(chunk(model, Grammar.object().put("reasoning_content", thought.text())));
        case Said.Text text -> tokens.add(chunk(model, Grammar.object().put(field, text.text())));
        case Said.ToolCall call -> {
          ObjectNode begin = toolDelta(tool, "");
          ((ObjectNode) begin.at("/tool_calls/0")).put("id", call.id()).put("type", "function");
          ((ObjectNode) begin.at("/tool_calls/0/function")).put("name", call.name());
          tokens.add(chunk(model, begin));
          for (String fragment : call.fragments()) {
            tokens.add(chunk(model, toolDelta(tool, fragment)));
          }
          tool++;
        }
      }
    }
    ObjectNode end = chunkTree(model, Grammar.object());
    ((ObjectNode) end.at("/choices/0")).put("finish_reason", finish(said));
    ObjectNode usage = head("chat.completion.chunk", model);
    usage.putArray("choices");
    usage.set("usage", usage(said));
    return new Events(
        List.of(chunk(model, Grammar.object().put("role", "assistant").put("content", ""))),
        tokens,
        List.of(Grammar.event(end), Grammar.event(usage), "data: [DONE]\n\n"));
  }

  private static ObjectNode toolDelta(int index, String fragment) {
    ObjectNode delta = Grammar.object();
    ObjectNode call = delta.putArray("tool_calls").addObject().put("index", index);
    call.putObject("function").put("arguments", fragment);
    return delta;
  }

  private static String chunk(String model, ObjectNode delta) {
    return Grammar.event(chunkTree(model, delta));
  }

  private static ObjectNode chunkTree(String model, ObjectNode delta) {
    ObjectNode chunk = head("chat.completion.chunk", model);
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs").putNull("finish_reason");
    return chunk;
  }

  private static ObjectNode head(String object, String model) {
    return Grammar.object()
        .put("id", ID)
        .put("object", object)
        .put("created", 1_760_000_000)
        .put("model", model)
        .put("system_fingerprint", "fp_44709d6fcb");
  }

  private static String finish(Said said) {
    return said.finish().equals("refusal") ? "stop" : said.finish();
  }

  private static ObjectNode usage(Said said) {
    ObjectNode usage =
        Grammar.object()
            .put("prompt_tokens", said.counts().prompt())
            .put("completion_tokens", said.counts().completion())
            .put("total_tokens", said.counts().prompt() + said.counts().completion());
    usage.putObject("prompt_tokens_details").put("cached_tokens", said.counts().cached());
    return usage;
  }

  @Override
  public String failure(int status, String message) {
    ObjectNode body = Grammar.object();
    body.putObject("error")
        .put("message", message)
        .put("type", Grammar.typeOf(status))
        .putNull("param")
        .put("code", status == 404 ? "model_not_found" : Grammar.typeOf(status));
    return body.toString();
  }

  @Override
  public String failureEvent(String message) {
    return "data: " + failure(500, message) + "\n\n";
  }

  @Override
  public boolean hasSchema(JsonNode request) {
    boolean instructed = // a vendor that knows JSON mode only
        request.at("/response_format/type").asText().equals("json_object")
            && request.at("/messages/0/content").asText().contains("\"properties\"");
    return instructed || request.at("/response_format/json_schema/schema").isObject();
  }

  @Override
  public boolean hasImage(JsonNode request) {
    return request.findValuesAsText("url").stream().anyMatch(u -> u.startsWith("data:image/png"));
  }

  @Override
  public boolean wantsStream(JsonNode request) {
    return request.path("stream").asBoolean(false);
  }
}
