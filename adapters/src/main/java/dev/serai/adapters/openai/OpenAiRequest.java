package dev.serai.adapters.openai;

import dev.serai.adapters.json.JsonMembers;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.chat.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion request: the caller's bytes and where their members are.
 *
 * @see RequestReader
 */
final class OpenAiRequest implements ChatRequest {
  private final JsonMembers members;
  private final String model;
  private final boolean streaming;
  private final boolean wantsUsage;
  // Two threads may both parse it; they get equal values, and records are published safely.
  private @Nullable Conversation conversation;

  OpenAiRequest(JsonMembers members, String model, boolean streaming, boolean wantsUsage) {
    this.members = members;
    this.model = model;
    this.streaming = streaming;
    this.wantsUsage = wantsUsage;
  }

  JsonMembers members() {
    return members;
  }

  @Override
  public String dialect() {
    return OpenAiDialect.NAME;
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
    return streaming;
  }

  @Override
  public boolean wantsUsage() {
    return wantsUsage;
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
    return "chat completion by " + model + " (" + members.bytes().length + " bytes)";
  }
}
