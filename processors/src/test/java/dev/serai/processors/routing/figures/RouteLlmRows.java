package dev.serai.processors.routing.figures;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.features.PromptOutline;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code routellm/rows.csv} anew, which holds the features of the prompts and no text.
 * Arguments: a checkout of github.com/lm-sys/RouteLLM, and the file. A program, not a test.
 */
public final class RouteLlmRows {
  private static final String HEADER =
      """
      # Questions of MMLU and GSM8K with the features of their prompts, and which model has answered them right, one a line.
      # Source: the evaluation of RouteLLM (Ong et al., arXiv 2406.18665; github.com/lm-sys/RouteLLM, routellm/evals), without the texts.
      # Licence: see LICENSE.md beside this file. Written by RouteLlmRows.
      # benchmark, kind of work, prompt tokens, traits, right (1) or wrong (0) by Mixtral 8x7B Instruct and by GPT-4 (gpt-4-1106-preview)
      """;

  private RouteLlmRows() {}

  public static void main(String[] arguments) throws IOException {
    Path evals = Path.of(arguments[0], "routellm", "evals");
    StringBuilder out = new StringBuilder(HEADER);
    add("gsm8k", evals.resolve("gsm8k/gsm8k_responses.csv"), out);
    try (Stream<Path> files = Files.list(evals.resolve("mmlu/responses"))) {
      for (Path file : files.sorted().toList()) {
        add("mmlu", file, out);
      }
    }
    Files.writeString(Path.of(arguments[1]), out);
  }

  private static void add(String benchmark, Path file, StringBuilder out) throws IOException {
    List<List<String>> rows = rows(Files.readString(file));
    for (List<String> row : rows.subList(1, rows.size())) {
      PolicyFeatures known = features(row.get(0));
      String traits =
          known.traits().stream().sorted().map(Trait::label).collect(Collectors.joining(" "));
      out.append(benchmark + "," + known.task() + "," + known.promptTokens() + "," + traits + ",");
      out.append(row.get(1).equals("True") ? 1 : 0).append(row.get(2).equals("True") ? 1 : 0);
      out.append('\n');
    }
  }

  private static PolicyFeatures features(String prompt) {
    Conversation conversation =
        new Conversation(
            List.of(Message.of(Role.USER, List.of(new TextPart(prompt)))),
            List.of(),
            new ToolChoice.Unset(Optional.empty()),
            new ResponseFormat.Unset(),
            Sampling.UNSET,
            Map.of());
    return RequestFeatures.of(PromptOutline.of(conversation, false), "").recorded();
  }

  /** The rows of a CSV file, in which a cell in quotes may have several lines. */
  private static List<List<String>> rows(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (quoted || c != ',' && c != '\n') {
        cell.append(c);
      } else {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      }
    }
    return rows;
  }
}
