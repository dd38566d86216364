package dev.serai.gateway.reload;

import dev.serai.config.read.Names;
import dev.serai.gateway.reload.RouteGrammar.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds what is wrong with the shape of a route file that was refused: a word that Camel's YAML DSL
 * does not have, or one in the wrong place. Only for files that Camel has refused: it decides, and
 * this says why in plain words. For one file; not thread-safe.
 */
final class RouteShape {
  /** Longer lists of words are not shown. */
  private static final int MAX_SHOWN = 25;

  private static final int MAX_TEXT = 60;
  private static final String ROUTE = "route";
  private static final String STEPS = "steps";

  /** What to write if a word is missing. */
  private static final Map<String, String> MISSING =
      Map.of(
          "from",
          "'from:' with 'uri:' and 'steps:' below it",
          "id",
          "'id: NAME', a name that no other route has",
          "uri",
          "'uri:' with an endpoint, such as 'uri: direct:NAME'",
          STEPS,
          "'steps:' with a list of steps, each of which begins with '- '");

  private final RouteGrammar grammar = RouteGrammar.read();

  private RouteShape() {}

  /**
   * The first fault of a text that is YAML and that is not nested too deeply.
   *
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not YAML
   */
  static Optional<RouteFault> fault(String text) {
    // Such a key is a placeholder without quotes.
    return new Compose(LoadSettings.builder().setAllowNonScalarKeys(true).build())
        .composeString(text)
        .flatMap(RouteShape::fault);
  }

  /** The first fault of a file. */
  static Optional<RouteFault> fault(Node file) {
    try {
      new RouteShape().file(file);
      return Optional.empty();
    } catch (RouteFault fault) {
      return Optional.of(fault);
    }
  }

  private void file(Node file) {
    if (file instanceof MappingNode map) {
      boolean route = words(map).containsKey(ROUTE);
      throw new RouteFault(
          line(file),
          "the file must be a list"
              + (route
                  ? "; write '- route:', and indent what is below it"
                  : " of entries that begin with '- route:'"));
    }
    if (file instanceof SequenceNode) {
      check("the file", file, grammar.entries());
    }
  }

  private void check(String name, Node node, Rule rule) {
    switch (node) {
      case SequenceNode list when rule.isList() -> list(name, list, rule.entry());
      case SequenceNode list when rule.isMapping() && !rule.isText() ->
          throw new RouteFault(
              line(list), name + " must not be a list; remove the '- ' before its names");
      case MappingNode map when rule.isMapping() -> mapping(name, map, rule);
      case MappingNode map when rule.isList() ->
          throw new RouteFault(
              line(map), name + " must be a list; begin each of its entries with '- '");
      case ScalarNode scalar when !rule.isText() && !rule.isFree() -> scalar(name, scalar, rule);
      case ScalarNode scalar when scalar.getValue().isEmpty() && rule.words().contains("uri") ->
          scalar(name, scalar, rule);
      case MappingNode map when rule.isFree() -> free(map);
      case SequenceNode list when rule.isText() -> throw notText(name, list);
      case MappingNode map when rule.isText() -> throw notText(name, map);
      default -> {
        // a text where one may be, or anything where anything may be
      }
    }
  }

  private static RouteFault notText(String name, Node node) {
    return new RouteFault(line(node), name + " must be one text" + braces(node));
  }

  /** A placeholder without quotes is a mapping for YAML. */
  private static String braces(Node node) {
    return isBraces(node) ? "; write a placeholder in quotes: \"{{NAME}}\"" : "";
  }

  private static boolean isBraces(Node node) {
    return node instanceof MappingNode map
        && map.getValue().stream().anyMatch(each -> each.getKeyNode() instanceof MappingNode);
  }

  private void list(String name, SequenceNode list, Rule rule) {
    String entry = name.equals(STEPS) ? "a step" : "an entry of " + name;
    for (Node each : list.getValue()) {
      check(entry, each, rule);
    }
  }

  /** A scalar where none may be. */
  private static void scalar(String name, ScalarNode scalar, Rule rule) {
    String text = scalar.getValue();
    String wrong = text.isEmpty() ? empty(rule) : filled(text, rule);
    throw new RouteFault(line(scalar), name + wrong);
  }

  private static String empty(Rule rule) {
    return " has no content; "
        + (rule.isList()
            ? "write a list below it, and begin each entry with '- '"
            : "write it below, indented by two more spaces");
  }

  private static String filled(String text, Rule rule) {
    if (rule.isList()) {
      return " must be a list; begin each of its entries with '- '";
    }
    String first = text.split("\\s", 2)[0];
    if (rule.words().contains(first)) {
      return " has no colon: write '- " + first + ":' instead of " + shown(text);
    }
    if (rule.isSingle()) {
      String example = rule.words().contains(ROUTE) ? "- route:" : "- to:";
      return " is a word with a colon, such as '" + example + "', not the text " + shown(text);
    }
    return " must have names below it, "
        + rule.required().stream().map(word -> "'" + word + ":', ").collect(Collectors.joining())
        + "not only the text "
        + shown(text);
  }

  private static String shown(String text) {
    String line = text.lines().findFirst().orElse("");
    return "'" + (line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "..." : line) + "'";
  }

  /** Anything may be below, but not a placeholder without quotes. */
  private static void free(MappingNode map) {
    for (NodeTuple each : map.getValue()) {
      if (each.getValueNode() instanceof MappingNode below) {
        if (isBraces(below)) {
          throw notText(word(each.getKeyNode()), below);
        }
        free(below);
      }
    }
  }

  private void mapping(String name, MappingNode map, Rule rule) {
    if (rule.words().isEmpty()) {
      free(map);
      return;
    }
    Map<String, Node> words = words(map);
    for (NodeTuple each : map.getValue()) {
      requireKnown(each.getKeyNode(), words, rule, name);
    }
    if (rule.isSingle() && words.size() > 1) {
      requireOne(map, words, rule);
    }
    for (Map.Entry<String, Node> each : words.entrySet()) {
      rule.below(each.getKey()).ifPresent(below -> check(each.getKey(), each.getValue(), below));
    }
    requireAll(name, map, words.keySet(), rule);
  }

  private static void requireKnown(Node key, Map<String, Node> words, Rule rule, String name) {
    String word = word(key);
    if (rule.words().contains(word)) {
      return;
    }
    for (String other : words.keySet()) {
      if (!other.equals(word) && takes(rule, other, word)) {
        throw misplaced(key, other);
      }
    }
    for (String absent : rule.required()) {
      if (!words.containsKey(absent) && takes(rule, absent, word)) {
        throw new RouteFault(
            line(key),
            word
                + " belongs to "
                + absent
                + ", which is missing; write "
                + MISSING.getOrDefault(absent, "'" + absent + ":'"));
      }
    }
    throw new RouteFault(
        line(key), unknown(word, rule, name.contains(" ") ? "" : " below " + name));
  }

  private static String unknown(String word, Rule rule, String where) {
    Optional<String> meant = Names.closestTo(word, rule.words());
    if (meant.isPresent()) {
      return "unknown word " + word + where + "; did you mean " + meant.get() + "?";
    }
    return rule.words().size() > MAX_SHOWN
        ? "unknown word "
            + word
            + ": Camel has no step of this name; among its steps are to, toD, process, choice,"
            + " setBody, setHeader and log"
        : "unknown word " + word + where + "; known are " + String.join(", ", rule.words());
  }

  private static boolean takes(Rule rule, String other, String word) {
    return rule.below(other).filter(below -> below.words().contains(word)).isPresent();
  }

  private static RouteFault misplaced(Node key, String other) {
    String word = word(key);
    return new RouteFault(
        line(key),
        word + " belongs to " + other + ": indent it below " + other + ", deeper than it");
  }

  /** An entry has one word: the others belong to it, or are entries of their own. */
  private static void requireOne(MappingNode map, Map<String, Node> words, Rule rule) {
    String first = words.keySet().iterator().next();
    for (NodeTuple each : map.getValue()) {
      String word = word(each.getKeyNode());
      if (!word.equals(first) && takes(rule, first, word)) {
        throw misplaced(each.getKeyNode(), first);
      }
    }
    List<String> all = new ArrayList<>(words.keySet());
    throw new RouteFault(
        line(map.getValue().get(1).getKeyNode()),
        String.join(" and ", all) + " are in one entry; begin each of them with '- '");
  }

  private static void requireAll(String name, MappingNode map, Set<String> words, Rule rule) {
    List<String> required = new ArrayList<>(rule.required());
    if (name.equals(ROUTE)) {
      required.add("id");
    }
    for (String word : required) {
      if (!words.contains(word)) {
        throw missing(name, word, line(map));
      }
    }
    if (rule.words().contains(ROUTE) && words.contains("from")) {
      throw new RouteFault(
          line(map), "the route has no id; write '- route:' with 'id: NAME' and 'from:' below it");
    }
    if (name.equals("from")) {
      for (NodeTuple each : map.getValue()) {
        if (each.getValueNode() instanceof SequenceNode list && list.getValue().isEmpty()) {
          throw new RouteFault(
              line(list), "steps is empty; write at least one step, such as '- to:'");
        }
      }
    }
  }

  private static RouteFault missing(String name, String word, int line) {
    return new RouteFault(
        line,
        (name.equals(ROUTE) ? "the route" : name)
            + " has no "
            + word
            + "; write "
            + MISSING.getOrDefault(word, "'" + word + ":'"));
  }

  private static Map<String, Node> words(MappingNode map) {
    Map<String, Node> words = new LinkedHashMap<>();
    map.getValue().forEach(each -> words.put(word(each.getKeyNode()), each.getValueNode()));
    return words;
  }

  private static String word(Node key) {
    return key instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
