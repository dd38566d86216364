package dev.serai.e2e.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Gemini's generateContent. The model and whether it streams stand in the path. */
final class GeminiGrammar implements Grammar {
  /** What every call has to come back with. */
  static final String SIGNATURE = "Y2Fzc2V0dGUtc2lnbmF0dXJl";

  private final boolean streams;

  GeminiGrammar(String path) {
    this.streams = path.contains(":streamGenerateContent");
  }

  /** The model in a path. */
  static String model(String path) {
    return path.substring(path.indexOf("/models/") + 8, path.lastIndexOf(':'));
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public String whole(String model, Said said) {
    ObjectNode reply = respond(model);
    ArrayNode parts = parts(reply);
    said.reasoning().ifPresent(text -> parts.addObject().put("text", text).put("thought", true));
    if (!said.text().isEmpty()) {
      ObjectNode text = parts.addObject().put("text", said.text());
      if (said.reasoning().isPresent()) {
        text.put("thoughtSignature", SIGNATURE);
      }
    }
    said.calls().forEach(call -> addCall(parts, call));
    return finish(reply, said).toString();
  }

  @Override
  public Events stream(String model, Said said) {
    List<String> tokens = new ArrayList<>();
    for (Said.Piece piece : said.pieces()) {
      ObjectNode reply = respond(model);
      switch (piece) {
        case Said.Reasoning thought ->
            parts(reply).addObject().put("text", thought.text()).put("thought", true);
        case Said.Text text -> parts(reply).addObject().put("text", text.text());
        case Said.ToolCall call -> addCall(parts(reply), call);
      }
      tokens.add(Grammar.event(reply));
    }
    ObjectNode end = respond(model);
    ObjectNode last = parts(end).addObject().put("text", "");
    if (said.reasoning().isPresent()) {
      last.put("thoughtSignature", SIGNATURE);
    }
    return new Events(List.of(), tokens, List.of(Grammar.event(finish(end, said))));
  }

  private static ObjectNode respond(String model) {
    ObjectNode reply = Grammar.object();
    ObjectNode candidate = reply.putArray("candidates").addObject().put("index", 0);
    candidate.putObject("content").put("role", "model").putArray("parts");
    return reply.put("modelVersion", model).put("responseId", "resp-cassette");
  }

  private static ArrayNode parts(ObjectNode reply) {
    return (ArrayNode) reply.at("/candidates/0/content/parts");
  }

  private static void addCall(ArrayNode parts, Said.ToolCall call) {
    ObjectNode part = parts.addObject();
    boolean first = !parts.toString().contains("thoughtSignature");
    ObjectNode function = part.putObject("functionCall").put("name", call.name());
    try {
      function.set("args", JSON.readTree(call.arguments()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    if (first) {
      part.put("thoughtSignature", SIGNATURE);
    }
  }

  private static ObjectNode finish(ObjectNode reply, Said said) {
    String reason =
        switch (said.finish()) {
          case "length" -> "MAX_TOKENS";
          case "refusal" -> "SAFETY";
          default -> "STOP";
        };
    ((ObjectNode) reply.at("/candidates/0")).put("finishReason", reason);
    reply
        .putObject("usageMetadata")
        .put("promptTokenCount", said.counts().prompt())
        .put("cachedContentTokenCount", said.counts().cached())
        .put("candidatesTokenCount", said.counts().completion())
        .put("totalTokenCount", said.counts().prompt() + said.counts().completion());
    return reply;
  }

  @Override
  public String failure(int status, String message) {
    String word =
        switch (status) {
          case 400 -> "INVALID_ARGUMENT";
          case 401 -> "UNAUTHENTICATED";
          case 403 -> "PERMISSION_DENIED";
          case 404 -> "NOT_FOUND";
          case 429 -> "RESOURCE_EXHAUSTED";
          case 503, 529 -> "UNAVAILABLE";
          default -> "INTERNAL";
        };
    ObjectNode failure = Grammar.object();
    failure.putObject("error").put("code", status).put("message", message).put("status", word);
    return failure.toString();
  }

  @Override
  public String failureEvent(String message) {
    return "data: " + failure(500, message) + "\n\n";
  }

  @Override
  public boolean hasSchema(JsonNode request) {
    JsonNode config = request.path("generationConfig");
    return config.has("responseJsonSchema") || config.has("responseSchema");
  }

  @Override
  public boolean hasImage(JsonNode request) {
    return !request.findValues("inlineData").isEmpty();
  }

  @Override
  public boolean wantsStream(JsonNode request) {
    return streams;
  }
}
