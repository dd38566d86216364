package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model says to a coding agent that is asked "Write 'done' to [file]": it has the agent
 * write the file, and when it has, says so. Whatever else the agent asks is answered in a word.
 */
final class WritingAgent {
  private static final Pattern FILE = Pattern.compile("Write 'done' to \\[([^\\]]+)\\]");
  private static final Said.ToolCall NOTHING = new Said.ToolCall("", "", List.of());

  private WritingAgent() {}

  static Said of(JsonNode request) {
    Said.ToolCall call = call(request);
    if (call.equals(NOTHING)) {
      return Said.text("Fine.");
    }
    boolean written = request.path("messages").toString().contains(call.id());
    return written
        ? Said.text("The file ", "is written.")
        : new Said(List.of(new Said.Text("I write it."), call), "tool_calls");
  }

  /** Only who offers a tool that writes files is asked to. */
  private static Said.ToolCall call(JsonNode request) {
    Matcher file = FILE.matcher(request.path("messages").toString());
    boolean offered = request.path("tools").findValuesAsText("name").contains("Write");
    if (!offered || !file.find()) {
      return NOTHING;
    }
    String input = "\"file_path\":\"" + file.group(1) + "\",\"content\":\"done\"}";
    return new Said.ToolCall("call_agent1", "Write", List.of("{", input));
  }
}
