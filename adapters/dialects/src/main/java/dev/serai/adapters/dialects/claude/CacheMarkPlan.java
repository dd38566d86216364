package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.translation.AlternatingTurnWriter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolResult;
import java.util.Optional;

/**
 * Which marks for the prompt cache a request contains, and for how long. The provider accepts four:
 * of more, the first and the last three are written. The first serves other conversations, and the
 * last ones serve the next turn. A mark of one hour must not come after one of five minutes, in the
 * order tools, system, messages ("Prompt caching", platform.claude.com/docs). A translation may
 * move messages, so that a client's legal order becomes another one: such a mark gets five minutes.
 * What is left out or weakened is reported as dropped. For one request; not thread-safe.
 */
public final class CacheMarkPlan {
  private static final int MAX_MARKS = 4;
  private static final String HOUR = "1h";
  private static final String FIVE_MINUTES = "5m";

  private final DroppedFields dropped;
  private final boolean hours;
  private final int total;
  private int nextTool;
  private int nextInPrompt;
  private boolean shortTool;
  private boolean shortInPrompt;

  private CacheMarkPlan(
      Conversation conversation,
      boolean tools,
      boolean insideResults,
      boolean hours,
      DroppedFields dropped) {
    this.dropped = dropped;
    this.hours = hours;
    if (tools) {
      for (Tool tool : conversation.tools()) {
        nextInPrompt += tool.cache().isPresent() ? 1 : 0;
      }
    }
    int marks = nextInPrompt;
    for (Message message : conversation.messages()) {
      marks += insideResults ? marks(message) : Math.min(marks(message), mostOf(message));
    }
    total = marks;
    int place = 0;
    if (tools) {
      for (Tool tool : conversation.tools()) {
        if (tool.cache().isPresent() && isWritten(place++)) {
          shortInPrompt |= !isHour(tool.cache().get());
        }
      }
    }
  }

  /** The plan of a Messages request, where tools and the parts of results have marks. */
  public static CacheMarkPlan ofMessages(Conversation conversation, DroppedFields dropped) {
    return new CacheMarkPlan(conversation, true, true, true, dropped);
  }

  /**
   * The plan of a Converse request, where a result has one mark, behind it.
   *
   * @param tools whether the model accepts marks of tools
   * @param hours whether the model accepts marks of one hour
   */
  public static CacheMarkPlan ofConverse(
      Conversation conversation, boolean tools, boolean hours, DroppedFields dropped) {
    return new CacheMarkPlan(conversation, tools, false, hours, dropped);
  }

  private static int mostOf(Message message) {
    return message.toolResult().isPresent() ? 1 : Integer.MAX_VALUE;
  }

  private static int marks(Message message) {
    int marks = message.toolResult().flatMap(ToolResult::cache).isPresent() ? 1 : 0;
    for (Part part : message.parts()) {
      marks += part.cache().isPresent() && !AlternatingTurnWriter.isBlank(part) ? 1 : 0;
    }
    return marks;
  }

  private boolean isWritten(int place) {
    return place == 0 || place > total - MAX_MARKS;
  }

  private boolean isHour(CacheMark mark) {
    return hours && mark.ttl().filter(HOUR::equals).isPresent();
  }

  /**
   * The mark to write for that of a tool; tools are asked for in their order.
   *
   * @return empty if no mark is to be written
   */
  public Optional<CacheMark> ofTool(Optional<CacheMark> asked) {
    Optional<CacheMark> mark = asked.flatMap(wish -> planned(wish, nextTool++, shortTool));
    shortTool |= mark.isPresent() && !isHour(mark.get());
    return mark;
  }

  /**
   * The mark to write for one of the system prompt or of a message, asked for in the order in which
   * they are written.
   *
   * @return empty if no mark is to be written
   */
  public Optional<CacheMark> inPrompt(Optional<CacheMark> asked) {
    Optional<CacheMark> mark = asked.flatMap(wish -> planned(wish, nextInPrompt++, shortInPrompt));
    shortInPrompt |= mark.isPresent() && !isHour(mark.get());
    return mark;
  }

  private Optional<CacheMark> planned(CacheMark wish, int place, boolean afterShort) {
    if (!isWritten(place)) {
      dropped.add("cache_control");
      return Optional.empty();
    }
    if (wish.ttl().isEmpty() || wish.ttl().get().equals(FIVE_MINUTES)) {
      return Optional.of(wish);
    }
    if (isHour(wish) && !afterShort) {
      return Optional.of(wish);
    }
    dropped.add("cache_control.ttl");
    return Optional.of(new CacheMark(Optional.empty()));
  }

  /** Whether one more mark can be written: that of the whole request. */
  public boolean hasRoom() {
    return total < MAX_MARKS;
  }

  /** Whether a mark of five minutes was written, which none of one hour may follow. */
  public boolean endsShort() {
    return shortInPrompt;
  }
}
