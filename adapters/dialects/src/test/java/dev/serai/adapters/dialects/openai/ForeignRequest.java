package dev.serai.adapters.dialects.openai;

import dev.serai.core.chat.Conversation;
import dev.serai.core.request.ChatRequest;

/** A request in an unknown dialect, with the content of another one. */
record ForeignRequest(ChatRequest request) implements ChatRequest {
  @Override
  public String dialect() {
    return "foreign";
  }

  @Override
  public byte[] bytes() {
    return request.bytes();
  }

  @Override
  public String model() {
    return request.model();
  }

  @Override
  public boolean streaming() {
    return request.streaming();
  }

  @Override
  public boolean wantsUsage() {
    return request.wantsUsage();
  }

  @Override
  public Conversation conversation() {
    return request.conversation();
  }
}
