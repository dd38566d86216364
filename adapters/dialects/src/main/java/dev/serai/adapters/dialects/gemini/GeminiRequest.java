package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import dev.serai.core.request.ResponseBounds;

/** A request for content, and the form of its reply. */
final class GeminiRequest extends ParsedChatRequest {
  /** The form of a reply. */
  enum Form {
    COMPLETE,
    /** The number of tokens instead of a response. */
    COUNT,
    /** As server-sent events. */
    EVENTS,
    /** As the elements of one JSON array. */
    ARRAY
  }

  private final Form form;

  GeminiRequest(JsonMembers members, String model, Form form) {
    super(members, model, form == Form.EVENTS || form == Form.ARRAY);
    this.form = form;
  }

  /** Whether the request carries the opaque state of another provider. */
  boolean carriesForeignState() {
    return members().found();
  }

  @Override
  public boolean isTokenCount() {
    return form == Form.COUNT;
  }

  boolean array() {
    return form == Form.ARRAY;
  }

  /** How many candidates are wanted; read without the conversation, which may be long. */
  long candidates() {
    JsonMembers members = members();
    int config = either(members, "generationConfig", "generation_config");
    if (config < 0 || members.kind(config) != '{') {
      return 1;
    }
    JsonMembers inside =
        JsonMembers.at(members.bytes(), members.valueStart(config), members.valueEnd(config));
    int count = either(inside, "candidateCount", "candidate_count");
    return count < 0 ? 1 : Math.max(1, inside.count(count));
  }

  /** Finds a member, which may have either name as in all messages of protocol buffers. */
  private static int either(JsonMembers members, String camel, String snake) {
    int place = members.find(camel);
    return place < 0 ? members.find(snake) : place;
  }

  @Override
  public boolean takesSeveralChoices() {
    return true;
  }

  @Override
  public String dialect() {
    return GeminiDialect.NAME;
  }

  @Override
  public ResponseBounds bounds() {
    return ResponseBounds.of(conversation().sampling());
  }

  @Override
  protected Conversation parse() {
    return RequestReader.read(members());
  }
}
