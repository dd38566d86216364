package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The model of a coding agent with a task of one step: it has the agent's own shell write a file,
 * and ends when it sees the result. It takes any shell that the agent offers.
 */
final class Agent {
  /** What it has the shell do. */
  static final String COMMAND = "echo made by serai > made.txt";

  private static final String CALL = "call_agent1";

  /** What tells that the shell was called: Ollama's calls and Gemini's have no ids. */
  private static final List<String> RESULTS =
      List.of(CALL, "\"role\":\"tool\"", "\"functionResponse\":");

  private Agent() {}

  static Said turn(JsonNode request) {
    String asked = request.toString();
    if (RESULTS.stream().anyMatch(asked::contains)) {
      return Said.text("Done: ", "made.txt is there.");
    }
    for (Shell shell : SHELLS) {
      if (asked.contains("\"name\":\"" + shell.name + "\"")) {
        return new Said(
            List.of(
                new Said.Text("I'll write the file."),
                new Said.ToolCall(CALL, shell.name, List.of("{", shell.arguments + "}"))),
            "tool_calls");
      }
    }
    // Agents ask beside their task for a title and the like.
    return Said.text("A file");
  }

  private record Shell(String name, String arguments) {}

  private static final List<Shell> SHELLS =
      List.of(
          new Shell("exec_command", "\"cmd\":\"" + COMMAND + "\""),
          new Shell("shell_command", "\"command\":\"" + COMMAND + "\""),
          new Shell("shell", "\"command\":[\"sh\",\"-c\",\"" + COMMAND + "\"]"),
          new Shell("bash", "\"command\":\"" + COMMAND + "\",\"description\":\"Writes a file\""),
          new Shell("Bash", "\"command\":\"" + COMMAND + "\",\"description\":\"Writes a file\""));
}
