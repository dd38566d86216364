package dev.serai.adapters.dialects.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of one surface: it sends requests in its own format and returns responses in the history
 * as clients do, member by member. JSON is written with apostrophes for quotes.
 */
public enum Client {
  OPENAI,
  RESPONSES,
  ANTHROPIC,
  GEMINI,
  OLLAMA;

  public static final List<Client> ALL = List.of(values());

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC);
  private static final Surface CHAT = new OpenAiSurface(CLOCK);
  private static final Surface NATIVE_RESPONSES = new ResponsesSurface(CLOCK);
  private static final Surface MESSAGES = new AnthropicSurface();
  private static final Surface CONTENT = new GeminiSurface();
  private static final Surface LOCAL = OllamaSurface.chat(CLOCK);

  /** A tool call that the client received. */
  record Call(String id, String name, String arguments) {}

  public Surface surface() {
    return switch (this) {
      case OPENAI -> CHAT;
      case RESPONSES -> NATIVE_RESPONSES;
      case ANTHROPIC -> MESSAGES;
      case GEMINI -> CONTENT;
      case OLLAMA -> LOCAL;
    };
  }

  /** The dialect of the client, to read responses. */
  Dialect dialect() {
    return switch (this) {
      case OPENAI -> new OpenAiDialect();
      case RESPONSES -> new ResponsesDialect();
      case ANTHROPIC -> new AnthropicDialect();
      case GEMINI -> new GeminiDialect();
      case OLLAMA -> new OllamaDialect();
    };
  }

  /** One of these texts, by client in the order above. */
  String say(String openai, String responses, String anthropic, String gemini, String ollama) {
    return switch (this) {
      case OPENAI -> openai;
      case RESPONSES -> responses;
      case ANTHROPIC -> anthropic;
      case GEMINI -> gemini;
      case OLLAMA -> ollama;
    };
  }

  /** A request with these members, beside the model's name and what the surface insists on. */
  ChatRequest ask(String members, boolean streaming) {
    String head =
        switch (this) {
          case GEMINI -> "";
          case ANTHROPIC ->
              members.contains("'max_tokens'")
                  ? "'model':'asked',"
                  : "'model':'asked','max_tokens':9000,";
          default -> "'model':'asked',";
        };
    String stream = this == GEMINI ? "" : "'stream':" + streaming + ",";
    return read(Pair.bytes("{" + head + stream + members + "}"), streaming);
  }

  public ChatRequest read(byte[] body, boolean streaming) {
    String verb = streaming ? "streamGenerateContent" : "generateContent";
    String path =
        say(
            "/v1/chat/completions",
            "/v1/responses",
            "/v1/messages",
            "/v1beta/models/asked:" + verb,
            "/api/chat");
    String query = this == GEMINI && streaming ? "alt=sse" : "";
    return surface().readRequest(new InboundRequest("POST", path, query, Headers.NONE, body));
  }

  /** Requests that say much. */
  public List<byte[]> conversations() {
    return List.of(Opening.of(this), hello(false).bytes(), Opening.goingOn(this));
  }

  /** What a user says, and further members. */
  String user(String text) {
    String message = "'messages':[{'role':'user','content':'" + text + "'}]";
    return say(
        message,
        "'input':'" + text + "'",
        message,
        "'contents':[{'role':'user','parts':[{'text':'" + text + "'}]}]",
        message);
  }

  public ChatRequest hello(boolean streaming) {
    return ask(user("hi"), streaming);
  }

  /** The tools {@code look} and {@code time}. */
  String tools() {
    String schema = "{'type':'object','properties':{'city':{'type':'string'}}}";
    String functions =
        "'tools':[{'type':'function','function':{'name':'look','description':'looks it up',"
            + "'parameters':"
            + schema
            + "}},{'type':'function','function':{'name':'time','description':'tells time',"
            + "'parameters':{'type':'object','properties':{}}}}]";
    return say(
        functions,
        "'tools':[{'type':'function','name':'look','description':'looks it up','parameters':"
            + schema
            + "},{'type':'function','name':'time','description':'tells time',"
            + "'parameters':{'type':'object','properties':{}}}]",
        "'tools':[{'name':'look','description':'looks it up','input_schema':"
            + schema
            + "},{'name':'time','description':'tells time','input_schema':"
            + "{'type':'object','properties':{}}}]",
        "'tools':[{'functionDeclarations':[{'name':'look','description':'looks it up',"
            + "'parameters':"
            + schema
            + "},{'name':'time','description':'tells time'}]}]",
        functions);
  }

  /** The tool calls in a non-streaming response. */
  List<Call> calls(JsonNode response) {
    List<Call> calls = new ArrayList<>();
    switch (this) {
      case OPENAI ->
          response
              .at("/choices/0/message/tool_calls")
              .forEach(call -> calls.add(function(call, call.path("id").asText())));
      case OLLAMA ->
          response.at("/message/tool_calls").forEach(call -> calls.add(function(call, "")));
      case RESPONSES -> {
        for (JsonNode item : response.path("output")) {
          if (item.path("type").asText().equals("function_call")) {
            String arguments = item.path("arguments").asText();
            calls.add(new Call(item.path("call_id").asText(), text(item, "name"), arguments));
          }
        }
      }
      case ANTHROPIC -> {
        for (JsonNode block : response.path("content")) {
          if (block.path("type").asText().equals("tool_use")) {
            String arguments = block.path("input").toString();
            calls.add(new Call(block.path("id").asText(), text(block, "name"), arguments));
          }
        }
      }
      case GEMINI -> {
        for (JsonNode part : response.at("/candidates/0/content/parts")) {
          JsonNode call = part.path("functionCall");
          if (call.isObject()) {
            calls.add(new Call(text(call, "id"), text(call, "name"), call.path("args").toString()));
          }
        }
      }
    }
    return calls;
  }

  private static Call function(JsonNode call, String id) {
    JsonNode function = call.path("function");
    JsonNode arguments = function.path("arguments");
    String json = arguments.isTextual() ? arguments.textValue() : arguments.toString();
    return new Call(id, function.path("name").asText(), json);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }

  /** The next turn: all that was asked, the answer as it came, and what the tools gave. */
  ObjectNode next(byte[] asked, JsonNode response, List<String> results) {
    ObjectNode request = (ObjectNode) StrictJson.tree(asked);
    ArrayNode turns = turns(request);
    switch (this) {
      case OPENAI -> turns.add(response.at("/choices/0/message"));
      case RESPONSES -> response.path("output").forEach(turns::add);
      case ANTHROPIC ->
          turns.addObject().put("role", "assistant").set("content", response.path("content"));
      case GEMINI -> turns.add(response.at("/candidates/0/content"));
      case OLLAMA -> turns.add(response.path("message"));
    }
    List<Call> calls = calls(response);
    ArrayNode blocks = request.arrayNode();
    for (int i = 0; i < calls.size(); i++) {
      result(this == ANTHROPIC || this == GEMINI ? blocks : turns, calls.get(i), results.get(i));
    }
    switch (this) {
      case ANTHROPIC -> turns.addObject().put("role", "user").set("content", blocks);
      case GEMINI -> turns.addObject().put("role", "user").set("parts", blocks);
      default -> {}
    }
    return request;
  }

  private ArrayNode turns(ObjectNode request) {
    String name = say("messages", "input", "messages", "contents", "messages");
    return (ArrayNode) request.get(name);
  }

  private void result(ArrayNode place, Call call, String result) {
    ObjectNode said = place.addObject();
    switch (this) {
      case OPENAI -> said.put("role", "tool").put("tool_call_id", call.id()).put("content", result);
      case RESPONSES ->
          said.put("type", "function_call_output").put("call_id", call.id()).put("output", result);
      case ANTHROPIC ->
          said.put("type", "tool_result").put("tool_use_id", call.id()).put("content", result);
      case GEMINI -> {
        ObjectNode response = said.putObject("functionResponse");
        if (!call.id().isEmpty()) {
          response.put("id", call.id());
        }
        response.put("name", call.name()).putObject("response").put("output", result);
      }
      case OLLAMA -> said.put("role", "tool").put("tool_name", call.name()).put("content", result);
    }
  }

  static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
