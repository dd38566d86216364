package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.chat.Conversation;
import dev.serai.core.request.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * A chat request whose conversation is understood when somebody asks for it, and not before: a
 * request that passes through is never taken apart. Thread-safe.
 */
public abstract class ParsedChatRequest extends ParsedRequest implements ChatRequest {
  private final boolean streaming;
  // Two threads may both parse it; they get equal values, and records are published safely.
  private @Nullable Conversation conversation;

  protected ParsedChatRequest(JsonMembers members, String model, boolean streaming) {
    super(members, model);
    this.streaming = streaming;
  }

  /** Understands the request. */
  protected abstract Conversation parse();

  @Override
  public final boolean streaming() {
    return streaming;
  }

  /** Grammars that have a place for it always tell. */
  @Override
  public boolean wantsUsage() {
    return true;
  }

  @Override
  public final Conversation conversation() {
    Conversation known = conversation;
    if (known == null) {
      known = parse();
      conversation = known;
    }
    return known;
  }
}
