package dev.serai.adapters.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.Conversation;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ModelRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A request as OllamaDialect's clients write it, in one of the two ways to ask. */
final class OllamaRequest extends ParsedChatRequest {
  private static final String LATEST = ":latest";

  private final Form form;
  private final Instant arrived;

  /** Which of the two ways to ask. */
  enum Form {
    /** Messages: {@code /api/chat}. */
    CHAT("/api/chat"),
    /** A prompt: {@code /api/generate}. */
    GENERATE("/api/generate");

    private final String path;

    Form(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }

  private OllamaRequest(JsonMembers members, Form form, Instant arrived) {
    super(members, model(members), !isFalse(members, "stream"));
    this.form = form;
    this.arrived = arrived;
  }

  /**
   * Reads one.
   *
   * @throws CallerProblem 400 naming the parameter at fault
   */
  static OllamaRequest read(byte[] body, Form form, Instant arrived) {
    return new OllamaRequest(members(body), form, arrived);
  }

  static JsonMembers members(byte[] body) {
    try {
      return JsonMembers.of(body, OpaqueStateCodec.markBytes());
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(
          "The request's body is not a JSON object: " + e.getMessage() + ".");
    }
  }

  /** The model's name; OllamaDialect's clients write {@code :latest} behind names without a tag. */
  static String model(JsonMembers members) {
    int place = members.find("model");
    if (place < 0 || members.kind(place) != '"') {
      throw CallerProblem.invalid("model", "model is required");
    }
    String name = members.text(place);
    String plain = plain(name);
    if (!ModelRequest.isValidName(plain)) {
      throw CallerProblem.invalid("model", "model is required");
    }
    return plain;
  }

  static String plain(String name) {
    return name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name;
  }

  private static boolean isFalse(JsonMembers members, String name) {
    int place = members.find(name);
    return place >= 0 && members.kind(place) == 'f';
  }

  /** The caller's bytes with that model's name: the same array if it is his own. */
  static byte[] spliced(JsonMembers members, String model) {
    int place = members.find("model");
    if (members.text(place).equals(model)) {
      return members.bytes();
    }
    return new JsonSplice(members.bytes())
        .replace(members.valueStart(place), members.valueEnd(place), JsonWriter.quoted(model))
        .apply();
  }

  /** The caller's bytes for a provider, which gets its own model's name and plain ids of calls. */
  byte[] bytesFor(String provided) {
    if (!members().found()) {
      return spliced(members(), provided);
    }
    JsonNode root = StrictJson.tree(bytes());
    for (JsonNode message : root.path("messages")) {
      if (message instanceof ObjectNode said) {
        OpaqueStateCodec.plainId(said, "tool_call_id");
      }
      for (JsonNode call : message.path("tool_calls")) {
        if (call instanceof ObjectNode made) {
          OpaqueStateCodec.plainId(made, "id");
        }
      }
    }
    return spliced(members(root.toString().getBytes(StandardCharsets.UTF_8)), provided);
  }

  Form form() {
    return form;
  }

  Instant arrived() {
    return arrived;
  }

  @Override
  public String dialect() {
    return OllamaDialect.NAME;
  }

  @Override
  protected Conversation parse() {
    return RequestReader.conversation(this);
  }
}
