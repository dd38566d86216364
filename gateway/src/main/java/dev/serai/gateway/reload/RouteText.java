package dev.serai.gateway.reload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The routes of a file as its YAML has them: their names and what they call, with lines. */
record RouteText(List<RouteEntry> routes) {
  private static final String FROM = "from";
  private static final String URI = "uri";
  private static final List<String> CALLS = List.of("to", "toD", "wireTap", "enrich");

  /** A text and the line where it is, counted from 1. */
  record Word(String text, int line) {
    static final Word NONE = new Word("", 0);
  }

  /** One route; a missing part is {@link Word#NONE}. */
  record RouteEntry(Word id, Word from, Word precondition, List<Call> calls) {}

  /**
   * A step that calls an endpoint.
   *
   * @param uri without its query
   * @param parameters those of the query too; the line is that of the name
   * @param dynamic whether each exchange gives its values to expressions in them
   */
  record Call(Word uri, Map<String, Word> parameters, boolean dynamic) {
    /** What follows the scheme and its colon; empty if the URI has another scheme. */
    Optional<String> path(String scheme) {
      String prefix = scheme + ":";
      return uri.text.startsWith(prefix)
          ? Optional.of(uri.text.substring(prefix.length()))
          : Optional.empty();
    }
  }

  /**
   * Reads a file's text.
   *
   * @throws RouteFault if it has no route, is nested too deeply or has an alias
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not YAML
   */
  static RouteText parse(String text) {
    YamlShape.check(text);
    Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(text);
    List<RouteEntry> routes = new ArrayList<>();
    if (root.isPresent() && root.get() instanceof SequenceNode list) {
      for (Node entry : list.getValue()) {
        find(entry, "route").ifPresent(route -> routes.add(route(route)));
        find(entry, FROM).ifPresent(from -> routes.add(route(entry)));
      }
    }
    if (routes.isEmpty()) {
      throw root.flatMap(RouteShape::fault)
          .orElseGet(
              () ->
                  new RouteFault(
                      root.map(RouteText::line).orElse(1),
                      "the file has no route; it must be a list of entries that begin with '-"
                          + " route:'"));
    }
    return new RouteText(routes);
  }

  private static RouteEntry route(Node route) {
    List<Call> calls = new ArrayList<>();
    Node from = find(route, FROM).orElse(route);
    Word uri = from instanceof ScalarNode ? word(from) : scalar(from, URI);
    collect(find(from, "steps").orElse(from), calls);
    return new RouteEntry(scalar(route, "id"), uri, scalar(route, "precondition"), calls);
  }

  /** Adds the calls of all steps at any depth. */
  private static void collect(Node node, List<Call> calls) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(each -> collect(each, calls));
    } else if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        String step = word(entry.getKeyNode()).text;
        if (CALLS.contains(step)) {
          calls.add(call(entry.getValueNode(), !step.equals("to")));
        }
        collect(entry.getValueNode(), calls);
      }
    }
  }

  private static Call call(Node step, boolean dynamic) {
    Word uri = step instanceof ScalarNode ? word(step) : scalar(step, URI);
    Map<String, Word> parameters = new LinkedHashMap<>();
    int query = uri.text.indexOf('?');
    if (query >= 0) {
      for (String pair : uri.text.substring(query + 1).split("&", -1)) {
        String[] parts = pair.split("=", 2);
        parameters.put(parts[0], new Word(parts.length > 1 ? parts[1] : "", uri.line));
      }
    }
    find(step, "parameters").ifPresent(node -> add(node, parameters));
    String base = query < 0 ? uri.text : uri.text.substring(0, query);
    return new Call(new Word(base.replace("://", ":"), uri.line), parameters, dynamic);
  }

  private static void add(Node node, Map<String, Word> parameters) {
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        String value = word(entry.getValueNode()).text;
        parameters.put(word(entry.getKeyNode()).text, new Word(value, line(entry.getKeyNode())));
      }
    }
  }

  private static Word scalar(Node map, String key) {
    return find(map, key).map(RouteText::word).orElse(Word.NONE);
  }

  private static Word word(Node node) {
    return new Word(node instanceof ScalarNode scalar ? scalar.getValue() : "", line(node));
  }

  private static Optional<Node> find(Node node, String key) {
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (word(entry.getKeyNode()).text.equals(key)) {
          return Optional.of(entry.getValueNode());
        }
      }
    }
    return Optional.empty();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
