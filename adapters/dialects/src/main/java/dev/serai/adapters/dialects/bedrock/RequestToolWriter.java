package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.StrictTotals;
import dev.serai.adapters.dialects.claude.ToolParameters;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code toolConfig}. Bedrock requires it if the history contains tool calls, even if no
 * tool may be called again. It has no choice "none": for that, only the tools of the history are
 * defined. For one request.
 */
final class RequestToolWriter {
  private static final String CHOICE = "tool_choice";
  private static final ToolParameters NO_PARAMETERS =
      new ToolParameters(SchemaFitter.EMPTY_OBJECT, false);

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final ModelTraits traits;
  private final Optional<StrictTotals> totals;

  RequestToolWriter(
      JsonWriter out, DroppedFields dropped, ModelTraits traits, Optional<StrictTotals> totals) {
    this.out = out;
    this.dropped = dropped;
    this.traits = traits;
    this.totals = totals;
  }

  void write(Conversation conversation, CacheMarkWriter marks) {
    boolean none = conversation.toolChoice() instanceof ToolChoice.None;
    Set<String> before = conversation.calledTools();
    List<Tool> offered =
        none
            ? conversation.tools().stream().filter(t -> before.contains(t.name())).toList()
            : conversation.tools();
    if (none || offered.isEmpty()) {
      offered.forEach(tool -> before.remove(tool.name()));
    } else {
      before.clear();
    }
    if (offered.isEmpty() && before.isEmpty()) {
      return;
    }
    out.name("toolConfig").beginObject().name("tools").beginArray();
    for (Tool tool : offered) {
      writeTool(tool);
      marks.afterTool(tool.cache());
    }
    // Calls in the history need definitions of their tools, even if none is offered again.
    before.forEach(name -> writeTool(name, Optional.empty(), NO_PARAMETERS));
    out.endArray();
    if (none) {
      // The model may still call the tools that had to be defined.
      dropped.add(CHOICE);
    } else if (!offered.isEmpty()) {
      writeChoice(conversation.toolChoice(), offered.size());
    }
    out.endObject();
  }

  private void writeTool(Tool tool) {
    ToolParameters parameters =
        traits.nova()
            ? new ToolParameters(NovaParameters.of(tool, dropped), false)
            : ToolParameters.of(tool, totals, dropped);
    writeTool(tool.name(), tool.description(), parameters);
  }

  private void writeTool(String name, Optional<String> description, ToolParameters parameters) {
    out.beginObject().name("toolSpec").beginObject().member("name", name);
    description.filter(text -> !text.isBlank()).ifPresent(text -> out.member("description", text));
    out.name("inputSchema").beginObject().name("json").json(parameters.json());
    out.endObject();
    if (parameters.strict()) {
      out.member("strict", true);
    }
    out.endObject().endObject();
  }

  private void writeChoice(ToolChoice choice, int tools) {
    dropped.addSerialCalls(choice);
    switch (choice) {
      case ToolChoice.Unset _ -> {}
      case ToolChoice.Auto _ -> writeChoice("auto", Optional.empty());
      case ToolChoice.Required _ -> writeAny();
      case ToolChoice.Named named -> {
        if (traits.forcesNamedTool()) {
          writeChoice("tool", Optional.of(named.tool()));
        } else {
          if (tools > 1) {
            dropped.add(CHOICE);
          }
          writeAny();
        }
      }
      case ToolChoice.None() -> throw new IllegalStateException("written without a choice");
    }
  }

  private void writeAny() {
    if (traits.forcesAnyTool()) {
      writeChoice("any", Optional.empty());
    } else {
      dropped.add(CHOICE);
    }
  }

  private void writeChoice(String kind, Optional<String> tool) {
    out.name("toolChoice").beginObject().name(kind).beginObject();
    tool.ifPresent(name -> out.member("name", name));
    out.endObject().endObject();
  }
}
