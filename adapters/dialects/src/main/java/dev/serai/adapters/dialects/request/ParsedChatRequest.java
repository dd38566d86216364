package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.chat.Conversation;
import dev.serai.core.features.PromptOutline;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ResponseBounds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A chat request whose conversation is parsed when it is first needed: a request that is forwarded
 * unchanged is never parsed. Thread-safe.
 */
public abstract class ParsedChatRequest extends ParsedRequest implements ChatRequest {
  private final boolean streaming;
  // Two threads may both parse it: they get equal values, and records are published safely.
  private @Nullable Conversation conversation;
  private @Nullable Optional<String> digest;

  protected ParsedChatRequest(JsonMembers members, String model, boolean streaming) {
    super(members, model);
    this.streaming = streaming;
  }

  /** Parses the request. */
  protected abstract Conversation parse();

  @Override
  public final boolean streaming() {
    return streaming;
  }

  @Override
  public final List<String> otherModels() {
    return AlternativeModels.of(members());
  }

  @Override
  public final OptionalLong outputLimit() {
    return OutputLimit.of(members());
  }

  @Override
  public Optional<String> digest() {
    Optional<String> known = digest;
    if (known == null) {
      known = RequestDigest.of(members());
      digest = known;
    }
    return known;
  }

  @Override
  public final Optional<String> digestWithout(String text) {
    return digest().flatMap(_ -> RequestDigest.without(text, members()));
  }

  /** A dialect with a place for usage always sends it. */
  @Override
  public boolean wantsUsage() {
    return true;
  }

  /** Read from the members at the top, where most dialects have them. */
  @Override
  public ResponseBounds bounds() {
    return RequestBounds.of(members());
  }

  @Override
  public final PromptOutline outline() {
    return OutlineReader.read(members(), streaming);
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
