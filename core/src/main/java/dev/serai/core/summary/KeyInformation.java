package dev.serai.core.summary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is likely to matter of a conversation, in its own words. The statements have who said it in
 * front, such as {@code user: I travel by train.}, and are in the order in which they were said.
 * Immutable.
 *
 * @param topics words that occur often
 * @param keyPoints statements with preferences, names, numbers or dates
 * @param decisions statements of what was decided
 * @param actionItems statements of what is to be done
 * @param entities names, addresses and codes
 */
public record KeyInformation(
    List<String> topics,
    List<String> keyPoints,
    List<String> decisions,
    List<String> actionItems,
    List<String> entities) {
  /** Nothing. */
  public static final KeyInformation NONE =
      new KeyInformation(List.of(), List.of(), List.of(), List.of(), List.of());

  private static final String BULLET = "- ";

  public KeyInformation {
    topics = List.copyOf(topics);
    keyPoints = List.copyOf(keyPoints);
    decisions = List.copyOf(decisions);
    actionItems = List.copyOf(actionItems);
    entities = List.copyOf(entities);
  }

  /** Its parts by their headings. */
  private enum Part {
    TOPICS("Topics:"),
    DECISIONS("Decisions:"),
    ACTION_ITEMS("Action items:"),
    KEY_POINTS("Key points:"),
    ENTITIES("Entities:");

    private final String heading;

    Part(String heading) {
      this.heading = heading;
    }

    private List<String> of(KeyInformation information) {
      return switch (this) {
        case TOPICS -> information.topics;
        case DECISIONS -> information.decisions;
        case ACTION_ITEMS -> information.actionItems;
        case KEY_POINTS -> information.keyPoints;
        case ENTITIES -> information.entities;
      };
    }
  }

  /** As a text with a heading for each part that is not empty, and a line for each entry. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : Part.values()) {
      List<String> entries = part.of(this);
      if (!entries.isEmpty()) {
        text.append(part.heading).append('\n');
        entries.forEach(entry -> text.append(BULLET).append(entry).append('\n'));
      }
    }
    return text.toString();
  }

  /** Whether it has nothing. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Reads what {@link #text} has written; lines of another form are ignored. */
  public static KeyInformation parse(String text) {
    Map<Part, List<String>> read = new EnumMap<>(Part.class);
    Part current = Part.KEY_POINTS;
    for (String line : text.split("\n")) {
      if (line.startsWith(BULLET)) {
        read.computeIfAbsent(current, _ -> new ArrayList<>()).add(line.substring(BULLET.length()));
      } else {
        current = headed(line, current);
      }
    }
    return new KeyInformation(
        read.getOrDefault(Part.TOPICS, List.of()),
        read.getOrDefault(Part.KEY_POINTS, List.of()),
        read.getOrDefault(Part.DECISIONS, List.of()),
        read.getOrDefault(Part.ACTION_ITEMS, List.of()),
        read.getOrDefault(Part.ENTITIES, List.of()));
  }

  private static Part headed(String line, Part otherwise) {
    for (Part part : Part.values()) {
      if (part.heading.equals(line)) {
        return part;
      }
    }
    return otherwise;
  }
}
