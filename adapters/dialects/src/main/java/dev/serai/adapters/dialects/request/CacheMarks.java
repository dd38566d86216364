package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import java.util.List;
import java.util.Optional;

/**
 * Reads the member {@code cache_control}, which marks where a prompt may be cached. Anthropic
 * introduced it; clients of OpenAI's APIs set it in the same form on parts, messages and tools.
 * Stateless.
 */
public final class CacheMarks {
  private static final String NAME = "cache_control";

  private CacheMarks() {}

  /** The mark of a part, a message or a tool. */
  public static Optional<CacheMark> read(RequestFields marked) {
    Optional<RequestFields> mark = marked.object(NAME);
    mark.ifPresent(fields -> fields.ignore("type"));
    return mark.map(fields -> new CacheMark(fields.text("ttl")));
  }

  /**
   * Moves the mark of a message to its last part that can have one; a mark of that part itself
   * takes precedence. Without such a part the mark stays unread.
   */
  public static void moveToLast(RequestFields message, List<Part> parts) {
    for (int i = parts.size() - 1; i >= 0 && message.has(NAME); i--) {
      Part part = parts.get(i);
      if (canHaveMark(part)) {
        Optional<CacheMark> mark = read(message);
        parts.set(i, part.cache().isPresent() ? part : marked(part, mark));
        return;
      }
    }
  }

  private static boolean canHaveMark(Part part) {
    return !(part instanceof ReasoningPart) && !(part instanceof AudioPart);
  }

  private static Part marked(Part part, Optional<CacheMark> mark) {
    return switch (part) {
      case TextPart text -> new TextPart(text.text(), mark);
      case ToolCallPart called -> new ToolCallPart(called.call(), mark);
      case ImagePart image -> new ImagePart(image.source(), image.detail(), mark);
      case FilePart file -> new FilePart(file.source(), file.filename(), mark, file.cited());
      case ReasoningPart _, AudioPart _ -> part;
    };
  }
}
