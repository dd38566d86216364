package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.chat.Conversation;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ResponseBounds;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A chat request whose conversation is parsed when it is first needed: a request that is forwarded
 * unchanged is never parsed. Thread-safe.
 */
public abstract class ParsedChatRequest extends ParsedRequest implements ChatRequest {
  private static final List<String> MAX_TOKENS_NAMES =
      List.of("max_completion_tokens", "max_tokens", "max_output_tokens");

  private final boolean streaming;
  // Two threads may both parse it: they get equal values, and records are published safely.
  private @Nullable Conversation conversation;

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
    return OtherModels.of(members());
  }

  @Override
  public final OptionalLong outputLimit() {
    return OutputLimit.of(members());
  }

  /** A dialect with a place for usage always sends it. */
  @Override
  public boolean wantsUsage() {
    return true;
  }

  /** Read from the members at the top, where most dialects have them. */
  @Override
  public ResponseBounds bounds() {
    OptionalLong most = OptionalLong.empty();
    for (String name : MAX_TOKENS_NAMES) {
      long count = count(name);
      if (count > most.orElse(-1)) {
        most = OptionalLong.of(count);
      }
    }
    int tier = members().find("service_tier");
    boolean named = tier >= 0 && members().kind(tier) == '"';
    return new ResponseBounds(most, Math.max(1, count("n")), named ? members().text(tier) : "");
  }

  private long count(String name) {
    int place = members().find(name);
    return place < 0 ? -1 : members().count(place);
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
