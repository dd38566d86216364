package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.CacheMarkPlan;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/** Writes the marks up to which the provider caches the prompt. For one request. */
final class CacheMarkWriter {
  private static final String MARK = "cache_control";

  private final CacheMarkPlan plan;
  private final DroppedFields dropped;

  CacheMarkWriter(Conversation conversation, DroppedFields dropped) {
    this.dropped = dropped;
    this.plan = CacheMarkPlan.ofMessages(conversation, dropped);
  }

  /** Writes the mark of a tool as a member of the open object. */
  void writeOfTool(JsonWriter out, Optional<CacheMark> mark) {
    plan.ofTool(mark).ifPresent(planned -> member(out, planned));
  }

  /** Writes a mark of the system prompt or of a message as a member of the open object. */
  void write(JsonWriter out, Optional<CacheMark> mark) {
    plan.inPrompt(mark).ifPresent(planned -> member(out, planned));
  }

  private static void member(JsonWriter out, CacheMark mark) {
    out.name(MARK).beginObject().member("type", "ephemeral");
    mark.ttl().ifPresent(ttl -> out.member("ttl", ttl));
    out.endObject();
  }

  /** Whether the mark of the whole request can be written too. */
  boolean hasRoom() {
    return plan.hasRoom();
  }

  /** Writes the mark of the whole request, which stands after all others. */
  void writeOfRequest(JsonWriter out, String json) {
    if (plan.endsShort() && json.contains("\"1h\"")) {
      dropped.add("cache_control.ttl");
      member(out, new CacheMark(Optional.empty()));
    } else {
      out.name(MARK).json(json);
    }
  }
}
