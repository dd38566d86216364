package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Operations of OpenAI and Ollama other than chat: embeddings, images, audio, files. */
public final class NonChatReplies {
  /** The vector that every input gets, and the tokens that every request counts. */
  public static final float[] VECTOR = {0.25f, -1.5f, 0.01f};

  public static final int TOKENS = 8;

  /** Tokens of every image. */
  public static final int PICTURE_INPUT = 50;

  public static final int PICTURE_OUTPUT = 1056;

  /** What every file holds. */
  public static final String FILE = "{\"custom_id\":\"ü\"}\n";

  private static final int WHEN = 1_760_000_000;

  private NonChatReplies() {}

  /** An answer of any type. */
  record Reply(String type, byte[] body) {}

  /** A sound of some length: every byte there is, many times. */
  public static byte[] sound() {
    byte[] sound = new byte[300_000];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (byte) i;
    }
    return sound;
  }

  /** The reply to a request that is not a chat. */
  static Optional<Reply> respond(Received request) {
    String path = request.path().split("\\?", 2)[0];
    int at = path.indexOf("/v1/");
    if (path.endsWith("/api/embeddings")) {
      ObjectNode one = Grammar.object();
      fill(one.putArray("embedding"));
      return Optional.of(json(one));
    }
    if (path.endsWith("/api/embed")) {
      return Optional.of(json(ollamaEmbeddings(request.json())));
    }
    if (path.endsWith(":embedContent")) {
      ObjectNode one = Grammar.object();
      fill(one.putObject("embedding").putArray("values"));
      return Optional.of(json(one));
    }
    if (path.endsWith(":batchEmbedContents")) {
      return Optional.of(json(geminiEmbeddings(request.json())));
    }
    String[] parts = path.substring(at < 0 ? 0 : at + 4).split("/");
    return switch (parts[0]) {
      case "embeddings" -> Optional.of(json(embeddings(request.json())));
      case "images" -> Optional.of(json(images()));
      case "audio" -> Optional.of(audio(parts[1]));
      case "moderations" -> Optional.of(json(moderation()));
      case "rerank" -> Optional.of(json(ranks()));
      case "files" -> Optional.of(file(request, parts));
      case "batches" -> Optional.of(json(batch(request, parts)));
      default -> Optional.empty();
    };
  }

  private static Reply json(ObjectNode body) {
    return new Reply("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode embeddings(JsonNode asked) {
    boolean numbers = asked.path("model").asText().contains("numbers-only");
    boolean base64 = asked.path("encoding_format").asText().equals("base64") && !numbers;
    ObjectNode reply = Grammar.object().put("object", "list");
    ArrayNode data = reply.putArray("data");
    int count = asked.path("input").isArray() ? asked.path("input").size() : 1;
    for (int i = 0; i < count; i++) {
      ObjectNode one = data.addObject().put("object", "embedding").put("index", i);
      if (base64) {
        one.put("embedding", base64(VECTOR));
      } else {
        fill(one.putArray("embedding"));
      }
    }
    reply.put("model", asked.path("model").asText());
    reply.putObject("usage").put("prompt_tokens", TOKENS).put("total_tokens", TOKENS);
    return reply;
  }

  private static ObjectNode ollamaEmbeddings(JsonNode asked) {
    ObjectNode reply = Grammar.object().put("model", asked.path("model").asText());
    ArrayNode vectors = reply.putArray("embeddings");
    int count = asked.path("input").isArray() ? asked.path("input").size() : 1;
    for (int i = 0; i < count; i++) {
      fill(vectors.addArray());
    }
    reply.put("total_duration", 14_143_917).put("load_duration", 1_019_500);
    return reply.put("prompt_eval_count", TOKENS);
  }

  /** Without a word about tokens. */
  private static ObjectNode geminiEmbeddings(JsonNode asked) {
    ObjectNode reply = Grammar.object();
    ArrayNode vectors = reply.putArray("embeddings");
    for (JsonNode ignored : asked.path("requests")) {
      fill(vectors.addObject().putArray("values"));
    }
    return reply;
  }

  private static void fill(ArrayNode vector) {
    for (float number : VECTOR) {
      vector.add(number);
    }
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static ObjectNode images() {
    ObjectNode reply = Grammar.object().put("created", WHEN);
    reply.putArray("data").addObject().put("b64_json", "iVBORw0KGgo=".repeat(40_000));
    ObjectNode usage = reply.putObject("usage");
    usage.put("input_tokens", PICTURE_INPUT).put("output_tokens", PICTURE_OUTPUT);
    usage.put("total_tokens", PICTURE_INPUT + PICTURE_OUTPUT);
    usage.putObject("input_tokens_details").put("text_tokens", 10).put("image_tokens", 40);
    return reply;
  }

  private static Reply audio(String what) {
    if (what.equals("speech")) {
      return new Reply("audio/mpeg", sound());
    }
    ObjectNode reply = Grammar.object().put("text", "Hello, wörld 👋! 日本.");
    ObjectNode usage = reply.putObject("usage").put("type", "tokens");
    usage.put("input_tokens", 14).put("output_tokens", 45).put("total_tokens", 59);
    return json(reply);
  }

  private static ObjectNode moderation() {
    ObjectNode reply = Grammar.object().put("id", "modr-1").put("model", "omni-moderation-latest");
    ObjectNode result = reply.putArray("results").addObject().put("flagged", true);
    result.putObject("categories").put("violence", true).put("hate", false);
    result.putObject("category_scores").put("violence", 0.97).put("hate", 0.01);
    result.putObject("category_applied_input_types").putArray("violence").add("text");
    return reply;
  }

  private static ObjectNode ranks() {
    ObjectNode reply = Grammar.object().put("model", "rerank");
    ArrayNode results = reply.putArray("results");
    results.addObject().put("index", 1).put("relevance_score", 0.98);
    results.addObject().put("index", 0).put("relevance_score", 0.02);
    reply.putObject("usage").put("total_tokens", TOKENS);
    return reply;
  }

  private static Reply file(Received request, String[] parts) {
    ObjectNode file = fileOf(parts.length > 1 ? parts[1] : "file-1");
    if (parts.length > 2) {
      return new Reply("application/octet-stream", FILE.getBytes(StandardCharsets.UTF_8));
    }
    if (request.method().equals("DELETE")) {
      return json(Grammar.object().put("id", parts[1]).put("object", "file").put("deleted", true));
    }
    return json(request.method().equals("GET") && parts.length == 1 ? list(file) : file);
  }

  private static ObjectNode fileOf(String id) {
    return Grammar.object()
        .put("id", id)
        .put("object", "file")
        .put("bytes", FILE.length())
        .put("created_at", WHEN)
        .put("filename", "batch.jsonl")
        .put("purpose", "batch")
        .put("status", "processed");
  }

  private static ObjectNode list(ObjectNode one) {
    ObjectNode list = Grammar.object().put("object", "list");
    list.putArray("data").add(one);
    return list.put("has_more", false);
  }

  private static ObjectNode batch(Received request, String[] parts) {
    boolean cancelled = parts.length > 2;
    ObjectNode batch =
        Grammar.object()
            .put("id", parts.length > 1 ? parts[1] : "batch-1")
            .put("object", "batch")
            .put("endpoint", "/v1/chat/completions")
            .put("input_file_id", "file-1")
            .put("completion_window", "24h")
            .put("status", cancelled ? "cancelling" : "validating")
            .put("created_at", WHEN);
    return request.method().equals("GET") && parts.length == 1 ? list(batch) : batch;
  }
}
