package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;

/** A request for content, and in which form the answer is to come. */
final class GeminiRequest extends ParsedChatRequest {
  /** How an answer is to come. */
  enum Form {
    WHOLE,
    /** As server-sent events. */
    EVENTS,
    /** As the elements of one JSON array. */
    ARRAY
  }

  private final Form form;

  GeminiRequest(JsonMembers members, String model, Form form) {
    super(members, model, form != Form.WHOLE);
    this.form = form;
  }

  /** Whether another provider's state is in it. */
  boolean carriesForeignState() {
    return members().found();
  }

  boolean array() {
    return form == Form.ARRAY;
  }

  @Override
  public String dialect() {
    return GeminiDialect.NAME;
  }

  @Override
  protected Conversation parse() {
    return RequestReader.read(members());
  }
}
