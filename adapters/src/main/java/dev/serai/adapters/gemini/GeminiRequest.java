package dev.serai.adapters.gemini;

import dev.serai.adapters.json.JsonMembers;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.chat.Conversation;
import org.jspecify.annotations.Nullable;

/** A request as the surface read it: the caller's bytes and where their members are. */
final class GeminiRequest implements ChatRequest {
  /** How an answer is to come. */
  enum Form {
    WHOLE,
    /** As server-sent events. */
    EVENTS,
    /** As the elements of one JSON array. */
    ARRAY
  }

  private final JsonMembers members;
  private final String model;
  private final Form form;
  // Two threads may both parse it; they get equal values, and records are published safely.
  private @Nullable Conversation conversation;

  GeminiRequest(JsonMembers members, String model, Form form) {
    this.members = members;
    this.model = model;
    this.form = form;
  }

  /** Whether another provider's state is in it. */
  boolean carriesForeignState() {
    return members.found();
  }

  boolean array() {
    return form == Form.ARRAY;
  }

  @Override
  public String dialect() {
    return Gemini.NAME;
  }

  @Override
  public byte[] bytes() {
    return members.bytes();
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public boolean streaming() {
    return form != Form.WHOLE;
  }

  /** Gemini's clients always are. */
  @Override
  public boolean wantsUsage() {
    return true;
  }

  @Override
  public Conversation conversation() {
    Conversation known = conversation;
    if (known == null) {
      known = ConversationReader.read(members);
      conversation = known;
    }
    return known;
  }

  /** Without the bytes: they may hold anything. */
  @Override
  public String toString() {
    return "content by " + model + " (" + members.bytes().length + " bytes)";
  }
}
