package dev.serai.config.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into nodes with lines. Only a subset is allowed: one document, no tags, no anchors
 * and aliases, no duplicate keys, at most 16 levels. For one text; not thread-safe.
 */
final class YamlSource {
  private static final int MAX_DEPTH = 16;

  private final String source;
  private final Expansion expansion;
  private final Problems problems;
  private final Iterator<Event> events;

  private YamlSource(String source, String text, Inputs inputs, Problems found) {
    this.source = source;
    this.expansion = new Expansion(inputs);
    this.problems = found;
    LoadSettings settings = LoadSettings.builder().setLabel(source).setBufferSize(4096).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a file's text.
   *
   * @param source the name of the file, for errors
   */
  static Node.Mapping read(String source, String text, Inputs inputs, Problems problems) {
    try {
      return new YamlSource(source, text, inputs, problems).document();
    } catch (TooDeep e) {
      problems.add(
          new Place(source, e.line, ""), "the file is nested deeper than " + MAX_DEPTH + " levels");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      String fault = String.valueOf(e.getProblem());
      problems.add(
          new Place(source, line, ""),
          "the file is not valid YAML: "
              + fault
              + WrittenForm.missingQuotes(text, line)
                  .map(quotes -> "; " + quotes)
                  .orElseGet(() -> advice(fault)));
    } catch (YamlEngineException e) {
      problems.add(new Place(source, 0, ""), "the file is not valid YAML");
    }
    return Node.Mapping.none(source);
  }

  /** What to do about the usual mistakes, which the parser names by its own state. */
  private static String advice(String fault) {
    if (fault.contains("mapping values are not allowed")) {
      return "; indent the key as the others of its part, on a line of its own, with a blank after"
          + " each colon, or put a value with a colon in quotes";
    }
    if (fault.contains("<block end>")) {
      return "; indent the line as the others of its part";
    }
    if (fault.contains("unexpected end of stream")) {
      return "; a quote is not closed";
    }
    return fault.contains("cannot start any token") && !fault.contains("TAB")
        ? "; put the value in quotes"
        : "";
  }

  /** The text cannot be read further without deep recursion. */
  private static final class TooDeep extends YamlEngineException {
    private static final long serialVersionUID = 1L;
    private final int line;

    TooDeep(int line) {
      super("too deep");
      this.line = line;
    }
  }

  private Node.Mapping document() {
    Node root = new Node.Empty(new Place(source, 0, ""));
    boolean seen = false;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent start) {
        root = node(start, "", 0);
      } else if (event.getEventId() == Event.ID.DocumentStart) {
        if (seen) {
          problems.add(new Place(source, line(event), ""), "only one YAML document is allowed");
          break;
        }
        seen = true;
      }
    }
    if (root instanceof Node.Mapping mapping) {
      return mapping;
    }
    Optional<String> blank = WrittenForm.missingBlank(root, key -> key.matches("[a-z_]+"));
    if (blank.isPresent()) {
      problems.add(root.place(), blank.get());
    } else if (!(root instanceof Node.Empty)) {
      problems.wrong(root, "must be a mapping");
    }
    return Node.Mapping.none(source);
  }

  private Node node(NodeEvent event, String path, int depth) {
    Place place = new Place(source, line(event), path);
    refuseExtras(event, place);
    if (depth > MAX_DEPTH) {
      throw new TooDeep(line(event));
    }
    if (event instanceof MappingStartEvent) {
      return mapping(place, depth);
    }
    if (event instanceof CollectionStartEvent) {
      return sequence(place, depth);
    }
    return event instanceof ScalarEvent scalar ? scalar(scalar, place) : new Node.Empty(place);
  }

  private void refuseExtras(NodeEvent event, Place place) {
    boolean alias = event instanceof AliasEvent;
    Optional<Anchor> anchor = event.getAnchor();
    if (alias || anchor.isPresent()) {
      problems.addUnread(place, "anchors and aliases are not allowed; repeat the value");
    }
    boolean tagged =
        event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
            || event instanceof CollectionStartEvent start && start.getTag().isPresent();
    if (tagged) {
      problems.add(place, "tags (!) are not allowed; remove the tag");
    }
  }

  private Node mapping(Place place, int depth) {
    Map<String, Node> entries = new LinkedHashMap<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      String key = "";
      if (event instanceof ScalarEvent scalar) {
        key = scalar.getValue();
        refuseExtras(scalar, place.at(line(event), Names.path(place.key(), key)));
      } else {
        problems.add(place.at(line(event), place.key()), "a key must be a text");
        node((NodeEvent) event, place.key(), depth + 1);
      }
      String path = Names.path(place.key(), key);
      Node value = node((NodeEvent) events.next(), path, depth + 1);
      Integer first = lines.putIfAbsent(key, line(event));
      if (first == null) {
        entries.put(key, atKey(value, place.at(line(event), path)));
      } else {
        problems.add(place.at(line(event), path), "duplicate key; the first is in line " + first);
      }
    }
    return new Node.Mapping(place, entries);
  }

  /** Uses the line of the key for errors, even if the value begins on a later line. */
  private static Node atKey(Node value, Place key) {
    return switch (value) {
      case Node.Mapping mapping -> new Node.Mapping(key, mapping.entries());
      case Node.Sequence sequence -> new Node.Sequence(key, sequence.items());
      case Node.Scalar scalar -> scalar;
      case Node.Empty empty -> new Node.Empty(key);
      case Node.Unset missing -> missing;
    };
  }

  private Node sequence(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node((NodeEvent) event, place.key() + "[" + items.size() + "]", depth + 1));
    }
    return new Node.Sequence(place, items);
  }

  private Node scalar(ScalarEvent event, Place place) {
    String text = event.getValue();
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    if (plain && (text.isEmpty() || text.equals("~") || text.equals("null"))) {
      return new Node.Empty(place);
    }
    return expansion.expand(place, text, problems);
  }

  private static int line(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return mark.map(m -> m.getLine() + 1).orElse(0);
  }
}
