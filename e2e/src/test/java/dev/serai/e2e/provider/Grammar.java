package dev.serai.e2e.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;

/** How one vendor's API says things: bodies and stream events as that vendor documents them. */
interface Grammar {
  ObjectMapper JSON = new ObjectMapper();

  /** A stream's events: before the first token, the tokens, the proper end. */
  record Events(List<String> opening, List<String> tokens, List<String> closing) {}

  String streamType();

  String whole(String model, Said said);

  Events stream(String model, Said said);

  /** The body of an answer with that status. */
  String failure(int status, String message);

  /** What comes in the midst of a stream that fails after all. */
  String failureEvent(String message);

  /** Whether the request asks for a JSON schema, and has an image, in this vendor's words. */
  boolean hasSchema(JsonNode request);

  boolean hasImage(JsonNode request);

  /** Whether the request asks for a stream. */
  boolean wantsStream(JsonNode request);

  /** The bytes of an event that go over the wire. */
  default byte[] frame(byte[] event) {
    return event;
  }

  /** The grammar of a path. */
  static Grammar of(String target) {
    String path = target.split("\\?", 2)[0];
    if (path.startsWith("/model/")) {
      return new BedrockGrammar(path);
    }
    if (path.endsWith("/messages") || path.endsWith("/count_tokens")) {
      return new AnthropicGrammar();
    }
    if (path.endsWith("/responses")) {
      return new ResponsesGrammar();
    }
    if (path.endsWith("/completions") && !path.endsWith("/chat/completions")) {
      return new CompletionGrammar();
    }
    boolean gemini =
        path.contains("/models/")
            && (path.endsWith(":batchEmbedContents")
                || path.endsWith(":embedContent")
                || path.endsWith(":countTokens"));
    if (gemini || path.contains(":generateContent") || path.contains(":streamGenerateContent")) {
      return new GeminiGrammar(path);
    }
    return path.startsWith("/api/") ? new OllamaGrammar() : new OpenAiGrammar();
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static String event(JsonNode data) {
    return "data: " + data + "\n\n";
  }

  static String event(String name, JsonNode data) {
    return "event: " + name + "\n" + event(data);
  }

  /** Anthropic's and OpenAI's word for a status. */
  static String typeOf(int status) {
    return switch (status) {
      case 400 -> "invalid_request_error";
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 429 -> "rate_limit_error";
      case 529 -> "overloaded_error";
      default -> "api_error";
    };
  }
}
