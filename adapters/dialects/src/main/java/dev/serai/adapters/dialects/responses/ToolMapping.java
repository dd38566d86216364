package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.openaiapi.request.ToolReader;
import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.tool.CustomTools;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.TextInput;
import dev.serai.core.chat.Conversation.Tool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Maps the tools of one request to functions, the only tools of other dialects, and back. A
 * function in a namespace gets the namespace's name as a prefix, and a number after it if another
 * tool has that name. A custom tool, whose input is plain text, becomes a function with that text
 * as its only argument. The search for tools that a client runs is a function with its parameters.
 * Tools that it found, and those of an item {@code additional_tools}, are declared with the others.
 * Tools that the provider would run itself have no function. Immutable once made.
 *
 * <p>The time to make it grows with the size of the request, whatever the names are: what a client
 * names is found by order where the hashes of different names may be equal.
 */
final class ToolMapping {
  private static final String SEARCH = "tool_search";

  /** The items of an input that declare tools. */
  private static final Set<String> DECLARING = Set.of("tool_search_output", "additional_tools");

  private final List<Tool> tools = new ArrayList<>();
  private final Map<String, Origin> origins = new HashMap<>();
  private final Map<Place, String> functions = new TreeMap<>(Place.ORDER);
  private final Set<Origin> declared = new TreeSet<>(Origin.ORDER);
  private final Set<String> used = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, String> unmapped = new LinkedHashMap<>();
  private String searchName = SEARCH;

  private ToolMapping() {}

  /** What a function stands for. */
  enum Kind {
    FUNCTION,
    /** A tool whose input is plain text. */
    CUSTOM,
    /** The search for tools that the client runs. */
    SEARCH
  }

  /** The tool that a function replaces. */
  record Origin(Optional<String> namespace, String name, Kind kind) {
    private static final Comparator<Origin> ORDER =
        Comparator.comparing(Origin::place, Place.ORDER).thenComparing(Origin::kind);

    private Place place() {
      return new Place(namespace, name);
    }

    boolean custom() {
      return kind == Kind.CUSTOM;
    }
  }

  /** Where a tool is declared. */
  private record Place(Optional<String> namespace, String name) {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::name)
            .thenComparing(place -> place.namespace.isPresent())
            .thenComparing(place -> place.namespace.orElse(""));
  }

  static ToolMapping of(ResponsesRequest request) {
    ToolMapping names = new ToolMapping();
    RequestFields fields = new RequestFields(request.tree(), "");
    fields.ignore(fields.names());
    List<RequestFields> declared = fields.objects("tools");
    declared.forEach(names::reserve);
    for (RequestFields tool : declared) {
      names.add(tool, Optional.empty());
    }
    for (JsonNode item : InputItems.all(request)) {
      if (DECLARING.contains(item.path("type").asText(""))) {
        RequestFields declaring = fields.at(item, "input");
        declaring.ignore(declaring.names());
        declaring.objects("tools").forEach(tool -> names.add(tool, Optional.empty()));
      }
    }
    names.unmapped.putAll(fields.unread());
    return names;
  }

  /** Keeps the name of a tool without a namespace for it. */
  private void reserve(RequestFields tool) {
    String type = tool.requiredText("type");
    if (type.equals("function") || type.equals("custom")) {
      String name = tool.requiredText("name");
      functions.put(new Place(Optional.empty(), name), name);
      used.add(name);
    }
  }

  private void add(RequestFields tool, Optional<String> namespace) {
    String type = tool.requiredText("type");
    switch (type) {
      case "function" -> function(tool, namespace);
      case "custom" -> custom(tool, namespace);
      case "namespace" -> {
        Optional<String> name = Optional.of(tool.requiredText("name"));
        for (RequestFields inner : tool.objects("tools")) {
          add(inner, name);
        }
      }
      case SEARCH -> search(tool);
      default -> unmapped.put("tools." + type, tool.node().toString());
    }
  }

  private void function(RequestFields tool, Optional<String> namespace) {
    declare(new Origin(namespace, tool.requiredText("name"), Kind.FUNCTION), tool);
  }

  /** The search that OpenAI would run needs no function: all tools are declared. */
  private void search(RequestFields tool) {
    if (tool.text("execution").orElse("").equals("client")) {
      declare(new Origin(Optional.empty(), SEARCH, Kind.SEARCH), tool);
    } else {
      unmapped.put("tools." + SEARCH, tool.node().toString());
    }
  }

  private void declare(Origin origin, RequestFields tool) {
    if (declared.contains(origin)) {
      tool.node(); // all of it counts as read: nothing of a second declaration is left out
      return;
    }
    tools.add(ToolReader.function(register(origin), tool, CacheMarks.read(tool)));
  }

  private void custom(RequestFields tool, Optional<String> namespace) {
    Optional<RequestFields> format = tool.object("format");
    TextInput input = ToolReader.textInput(tool, format);
    format.ifPresent(of -> of.ignore("type"));
    Origin origin = new Origin(namespace, tool.requiredText("name"), Kind.CUSTOM);
    if (!declared.contains(origin)) {
      tools.add(CustomTools.tool(register(origin), input, CacheMarks.read(tool)));
    }
  }

  private String register(Origin origin) {
    String function =
        origin.kind() == Kind.SEARCH
            ? unused(SEARCH)
            : functions.computeIfAbsent(
                origin.place(), place -> unused(joined(place.namespace(), place.name())));
    if (origin.kind() == Kind.SEARCH) {
      searchName = function;
    }
    declared.add(origin);
    origins.put(function, origin);
    return function;
  }

  /** The name, or the name with the first number that was not tried for it before. */
  private String unused(String name) {
    String free = name;
    while (!used.add(free)) {
      free = name + "_" + numbers.merge(name, 2, (number, _) -> number + 1);
    }
    return free;
  }

  /** The name of the function that replaces a tool, declared here or in an earlier request. */
  private String functionName(Optional<String> namespace, String name) {
    String known = functions.get(new Place(namespace, name));
    return known != null ? known : joined(namespace, name);
  }

  private static String joined(Optional<String> namespace, String name) {
    if (namespace.isEmpty()) {
      return name;
    }
    String space = namespace.get();
    return space + (space.endsWith("__") ? "" : "__") + name;
  }

  /** The tool that a called function replaces. */
  Origin origin(String function) {
    Origin known = origins.get(function);
    return known != null ? known : new Origin(Optional.empty(), function, Kind.FUNCTION);
  }

  /** The names of the functions for tools as they are declared. */
  List<String> names(JsonNode declared) {
    return names(declared, Optional.empty());
  }

  private List<String> names(JsonNode declared, Optional<String> namespace) {
    List<String> names = new ArrayList<>();
    for (JsonNode tool : declared) {
      String name = tool.path("name").asText("");
      if (tool.path("tools").isArray()) {
        names.addAll(names(tool.path("tools"), Optional.of(name)));
      } else if (!name.isEmpty()) {
        names.add(functionName(namespace, name));
      }
    }
    return names;
  }

  /** The name of the function for the search that the client runs. */
  String searchName() {
    return searchName;
  }

  List<Tool> tools() {
    return Collections.unmodifiableList(tools);
  }

  /** The tools without a function: JSON text by name. */
  Map<String, String> unmapped() {
    return Collections.unmodifiableMap(unmapped);
  }

  /** The name of the function for a tool choice or a tool call. */
  String functionName(RequestFields named) {
    return functionName(named.text("namespace"), named.text("name").orElse(""));
  }
}
