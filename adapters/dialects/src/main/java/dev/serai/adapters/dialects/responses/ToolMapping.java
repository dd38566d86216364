package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.tool.CustomTools;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.TextInput;
import dev.serai.core.chat.Conversation.Tool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Maps the tools of one request to functions, the only tools of other dialects, and back. A
 * function in a namespace gets the namespace's name as a prefix, and a number after it if another
 * tool has that name. A custom tool, whose input is plain text, becomes a function with that text
 * as its only argument. Tools that the provider would run itself have no function. Immutable once
 * made.
 */
final class ToolMapping {
  private final List<Tool> tools = new ArrayList<>();
  private final Map<String, Origin> origins = new HashMap<>();
  private final Map<Place, String> functions = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Map<String, String> unmapped = new LinkedHashMap<>();

  private ToolMapping() {}

  /**
   * The tool that a function replaces.
   *
   * @param custom whether its input is plain text
   */
  record Origin(Optional<String> namespace, String name, boolean custom) {}

  /** Where a tool is declared. */
  private record Place(Optional<String> namespace, String name) {}

  static ToolMapping of(ResponsesRequest request) {
    ToolMapping names = new ToolMapping();
    if (request.json("tools").isPresent()) {
      RequestFields fields = new RequestFields(request.tree(), "");
      fields.ignore(fields.names());
      List<RequestFields> declared = fields.objects("tools");
      declared.forEach(names::reserve);
      for (RequestFields tool : declared) {
        names.add(tool, Optional.empty());
      }
      names.unmapped.putAll(fields.unread());
    }
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
      default -> unmapped.put("tools." + type, tool.node().toString());
    }
  }

  private void function(RequestFields tool, Optional<String> namespace) {
    tools.add(
        new Tool(
            register(new Origin(namespace, tool.requiredText("name"), false)),
            tool.text("description"),
            tool.object("parameters")
                .map(schema -> schema.node().toString())
                .orElse(SchemaFitter.EMPTY_OBJECT),
            tool.flag("strict").orElse(false),
            CacheMarks.read(tool)));
  }

  private void custom(RequestFields tool, Optional<String> namespace) {
    Optional<RequestFields> format = tool.object("format");
    TextInput input =
        new TextInput(
            tool.text("description"),
            format.flatMap(of -> of.text("syntax")).orElse("lark"),
            format.flatMap(of -> of.text("definition")));
    String function = register(new Origin(namespace, tool.requiredText("name"), true));
    format.ifPresent(of -> of.ignore("type"));
    tools.add(CustomTools.tool(function, input, CacheMarks.read(tool)));
  }

  private String register(Origin origin) {
    String function =
        functions.computeIfAbsent(
            new Place(origin.namespace(), origin.name()),
            place -> unused(joined(place.namespace(), place.name())));
    origins.put(function, origin);
    return function;
  }

  private String unused(String name) {
    String free = name;
    for (int number = 2; !used.add(free); number++) {
      free = name + "_" + number;
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
    return known != null ? known : new Origin(Optional.empty(), function, false);
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
