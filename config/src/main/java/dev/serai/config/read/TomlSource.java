package dev.serai.config.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads TOML 1.0 into nodes with lines. For one text; not thread-safe. */
final class TomlSource {
  private static final int MAX_DEPTH = 64;

  private final String source;
  private final Expansion expansion;
  private final Problems problems;

  private TomlSource(String source, Inputs inputs, Problems problems) {
    this.source = source;
    this.expansion = new Expansion(inputs);
    this.problems = problems;
  }

  /**
   * Reads a file's text.
   *
   * @param source the name of the file, for errors
   */
  static Node.Mapping read(String source, String text, Inputs inputs, Problems problems) {
    int deep = tooDeep(text);
    if (deep > 0) {
      problems.add(
          new Place(source, deep, ""), "the file is nested deeper than " + MAX_DEPTH + " levels");
      return Node.Mapping.none(source);
    }
    TomlParseResult result = Toml.parse(text);
    result
        .errors()
        .forEach(
            error ->
                problems.add(
                    new Place(source, error.position().line(), ""),
                    "the file is not valid TOML: " + error.getMessage()));
    if (result.hasErrors()) {
      return Node.Mapping.none(source);
    }
    return new TomlSource(source, inputs, problems).table(result, new Place(source, 0, ""));
  }

  /**
   * The first line with more open brackets, or more dots in a key, than the parser's recursion
   * should follow; 0 if there is none. Brackets in texts count too.
   */
  private static int tooDeep(String text) {
    int open = 0;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      int equals = line.indexOf('=');
      String key = equals < 0 ? line : line.substring(0, equals);
      if (key.chars().filter(c -> c == '.').count() > MAX_DEPTH) {
        return number;
      }
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        open += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        open = Math.max(0, open);
        if (open > MAX_DEPTH) {
          return number;
        }
      }
    }
    return 0;
  }

  private Node.Mapping table(TomlTable table, Place place) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> exactly = List.of(key);
      TomlPosition position = table.inputPositionOf(exactly);
      int line = position == null ? place.line() : position.line();
      Place at = place.at(line, Names.path(place.key(), key));
      Object value = table.get(exactly);
      entries.put(key, value == null ? new Node.Empty(at) : node(value, at));
    }
    return new Node.Mapping(place, entries);
  }

  private Node node(Object value, Place place) {
    if (value instanceof TomlTable table) {
      return table(table, place);
    }
    if (value instanceof TomlArray array) {
      List<Node> items = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        TomlPosition position = array.inputPositionOf(i);
        int line = position == null ? place.line() : position.line();
        items.add(node(array.get(i), place.at(line, place.key() + "[" + i + "]")));
      }
      return new Node.Sequence(place, items);
    }
    return expansion.expand(place, value.toString(), problems);
  }
}
