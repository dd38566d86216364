package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.adapters.dialects.request.prompt.PromptMember;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ResponseBounds;
import java.time.Instant;

/** A request of an Ollama client, in one of its two forms. */
final class OllamaRequest extends ParsedChatRequest {
  private static final String LATEST = ":latest";

  private final Form form;
  private final Instant arrived;

  /** The form of a request. */
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
   * Reads a request.
   *
   * @throws CallerProblem 400 naming the parameter at fault
   */
  static OllamaRequest read(byte[] body, Form form, Instant arrived) {
    return new OllamaRequest(PromptMember.requireNone(members(body)), form, arrived);
  }

  /**
   * Where the members of a request are.
   *
   * @throws CallerProblem 400 if it is not a JSON object
   */
  static JsonMembers members(byte[] body) {
    return JsonMembers.ofRequest(body, OpaqueStateCodec.markBytes());
  }

  /** The name of the model without {@code :latest}, which clients append to untagged names. */
  static String model(JsonMembers members) {
    int place = members.find("model");
    if (place < 0 || members.kind(place) != '"') {
      throw CallerProblem.invalid("model", "model is required");
    }
    String name = members.text(place);
    String plain = plain(name);
    if (plain.isBlank()) {
      throw CallerProblem.invalid("model", "model is required");
    }
    return RequestNames.valid("model", plain);
  }

  static String plain(String name) {
    return name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name;
  }

  private static boolean isFalse(JsonMembers members, String name) {
    int place = members.find(name);
    return place >= 0 && members.kind(place) == 'f';
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
  public DetailSupport detailSupport() {
    return DetailSupport.LOGPROBS;
  }

  @Override
  public ResponseBounds bounds() {
    return ResponseBounds.of(conversation().sampling());
  }

  @Override
  protected Conversation parse() {
    return RequestReader.conversation(this);
  }
}
