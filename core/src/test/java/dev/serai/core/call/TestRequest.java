package dev.serai.core.call;

import dev.serai.core.chat.Conversation;
import dev.serai.core.request.ChatRequest;

/** A chat request without content. */
record TestRequest() implements ChatRequest {
  @Override
  public boolean wantsUsage() {
    return false;
  }

  @Override
  public Conversation conversation() {
    throw new UnsupportedOperationException("a call does not read its request");
  }

  @Override
  public String dialect() {
    return "openai";
  }

  @Override
  public byte[] bytes() {
    return new byte[0];
  }

  @Override
  public String model() {
    return "one/m";
  }

  @Override
  public boolean streaming() {
    return true;
  }
}
