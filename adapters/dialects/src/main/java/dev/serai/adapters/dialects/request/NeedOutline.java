package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.features.OutlineBuilder;
import dev.serai.core.model.Capability;
import java.util.List;

/** Reads what a request asks of a model besides its messages. For one request. */
final class NeedOutline {
  private final ValueFinder values;
  private final byte[] bytes;
  private final OutlineBuilder outline;
  private final ToolOutline tools;

  NeedOutline(JsonMembers request, OutlineBuilder outline, ToolOutline tools) {
    this.values = new ValueFinder(request);
    this.bytes = request.bytes();
    this.outline = outline;
    this.tools = tools;
  }

  void read() {
    tools();
    format();
    if (reasons()) {
      outline.need(Capability.REASONING);
    }
    if (values.kind("web_search_options") == '{') {
      outline.need(Capability.WEB_SEARCH);
    }
  }

  private void tools() {
    for (String[] path : new String[][] {{"tools"}, {"functions"}, {"toolConfig", "tools"}}) {
      int at = values.find(path);
      if (at >= 0) {
        tools.read(values.cursor(at));
      }
    }
    boolean parallel =
        values.kind("parallel_tool_calls") == 't'
            || values.kind("tool_choice", "disable_parallel_tool_use") == 'f';
    if (parallel && tools.found()) {
      outline.need(Capability.PARALLEL_TOOLS);
    }
  }

  private void format() {
    word(values.text("response_format", "type"));
    word(values.text("text", "format", "type"));
    word(values.text("format").equals("json") ? "json_object" : "");
    for (String[] path :
        new String[][] {
          {"format"}, {"output_format"}, {"output_config", "format"}, {"outputConfig", "textFormat"}
        }) {
      word(values.kind(path) == '{' ? "json_schema" : "");
    }
    for (String config : List.of("generationConfig", "generation_config")) {
      generation(config);
    }
  }

  private void word(String type) {
    switch (type) {
      case "json_object" -> outline.need(Capability.JSON_MODE);
      case "json_schema" -> outline.need(Capability.STRUCTURED_OUTPUT);
      default -> {}
    }
  }

  /** Walked once, because a schema in it may be large. */
  private void generation(String name) {
    int at = values.find(name);
    if (at < 0 || bytes[at] != '{') {
      return;
    }
    JsonCursor config = values.cursor(at);
    config.enterObject();
    while (config.nextMember()) {
      switch (config.name()) {
        case "responseSchema", "response_schema", "responseJsonSchema", "response_json_schema" -> {
          word(config.peek() == '{' ? "json_schema" : "");
          config.skip();
        }
        case "responseMimeType", "response_mime_type" -> mimeType(config);
        case "thinkingConfig", "thinking_config" -> thinking(config);
        default -> config.skip();
      }
    }
  }

  private void mimeType(JsonCursor config) {
    if (config.peek() == '"') {
      word(config.text().equals("application/json") ? "json_object" : "");
    } else {
      config.skip();
    }
  }

  private void thinking(JsonCursor config) {
    if (config.peek() != '{') {
      config.skip();
      return;
    }
    config.enterObject();
    while (config.nextMember()) {
      boolean level = config.name().endsWith("evel") && config.peek() == '"';
      boolean budget = config.name().endsWith("udget") && isBudget(config.peek());
      if (budget || level && isEffort(config.text())) {
        outline.need(Capability.REASONING);
      }
      if (!level) {
        config.skip();
      }
    }
  }

  private boolean reasons() {
    return isEffort(values.text("reasoning_effort"))
        || isEffort(values.text("reasoning", "effort"))
        || values.kind("reasoning", "enabled") == 't'
        || isMode(values.text("thinking", "type"))
        || isMode(values.text("additionalModelRequestFields", "thinking", "type"))
        || isMode(values.text("additionalModelRequestFields", "reasoning_config", "type"))
        || !isOff(values.text("thinking", "type"))
            && isEffort(values.text("output_config", "effort"))
        || values.kind("think") == 't'
        || isEffort(values.text("think"));
  }

  private static boolean isEffort(String word) {
    return !word.isEmpty() && !word.equals("none");
  }

  private static boolean isOff(String word) {
    return word.equals("disabled") || word.equals("between_tools");
  }

  private static boolean isMode(String word) {
    return word.equals("enabled") || word.equals("adaptive");
  }

  /** A budget of 0 turns reasoning off; a negative one leaves it to the model. */
  private static boolean isBudget(int first) {
    return first == '-' || first >= '1' && first <= '9';
  }
}
