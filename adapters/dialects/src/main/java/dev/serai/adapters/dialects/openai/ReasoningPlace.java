package dev.serai.adapters.dialects.openai;

import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a block of reasoning stands in a message. The members of a chat message have no order, but
 * providers want signed reasoning back where it was. The place is the {@code id} of the block's
 * detail, such as {@code serai_12_1}; a block at the beginning has no id.
 *
 * @param text how many UTF-16 units of the message's text are before the block
 * @param others how many images and tool calls are before it
 */
record ReasoningPlace(int text, int others) {
  static final ReasoningPlace BEGINNING = new ReasoningPlace(0, 0);

  private static final Pattern ID = Pattern.compile("serai_(\\d{1,9})_(\\d{1,9})");

  /** Reasoning of a request, and its place. */
  record Placed(ReasoningPart part, ReasoningPlace place) {}

  /** The place that an id says; another id says the beginning. */
  static ReasoningPlace read(Optional<String> id) {
    Matcher place = ID.matcher(id.orElse(""));
    return place.matches()
        ? new ReasoningPlace(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
        : BEGINNING;
  }

  /** The id that says this place; empty for the beginning. */
  Optional<String> id() {
    return equals(BEGINNING) ? Optional.empty() : Optional.of("serai_" + text + "_" + others);
  }

  /** The place behind a part. */
  ReasoningPlace after(Part part) {
    return switch (part) {
      case TextPart said -> plus(new ReasoningPlace(said.text().length(), 0));
      case ToolCallPart _, ImagePart _ -> plus(new ReasoningPlace(0, 1));
      default -> this;
    };
  }

  /** The place behind what is counted so far and more. */
  ReasoningPlace plus(ReasoningPlace more) {
    return new ReasoningPlace(text + more.text, others + more.others);
  }

  private boolean isReached(ReasoningPlace now) {
    return text <= now.text && others <= now.others;
  }

  /**
   * The parts of a message with its reasoning in its places, which may divide a text. Reasoning
   * whose place the message does not have comes last.
   */
  static List<Part> insert(List<Placed> reasoning, List<Part> message) {
    List<Part> parts = new ArrayList<>(message.size() + reasoning.size());
    Iterator<Placed> left = reasoning.iterator();
    Optional<Placed> next = next(left);
    ReasoningPlace now = BEGINNING;
    for (Part part : message) {
      Part rest = part;
      while (next.isPresent()) {
        ReasoningPlace place = next.get().place();
        int here = place.text - now.text;
        if (place.isReached(now)) {
          parts.add(next.get().part());
          next = next(left);
        } else if (rest instanceof TextPart said
            && place.others <= now.others
            && divides(said, here)) {
          parts.add(new TextPart(said.text().substring(0, here)));
          rest = new TextPart(said.text().substring(here), said.cache(), said.citations());
          now = now.plus(new ReasoningPlace(here, 0));
        } else {
          break;
        }
      }
      parts.add(rest);
      now = now.after(rest);
    }
    next.ifPresent(placed -> parts.add(placed.part()));
    left.forEachRemaining(placed -> parts.add(placed.part()));
    return parts;
  }

  private static boolean divides(TextPart said, int at) {
    return at < said.text().length() && !Character.isLowSurrogate(said.text().charAt(at));
  }

  private static Optional<Placed> next(Iterator<Placed> left) {
    return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
  }
}
