package dev.serai.adapters.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ReasoningSettings.Mode;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads a client's request for a message into core's conversation, for providers of other dialects.
 * Members that only Anthropic has, for example its server-side tools, are remembered by name, so
 * that they can be reported as dropped.
 */
final class RequestConversationReader {
  private static final int MIN_BUDGET = 1024;
  private static final Set<String> KNOWN_MEMBERS =
      Set.of(
          "model",
          "messages",
          "system",
          "stream",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "output_format",
          "temperature",
          "top_p",
          "top_k",
          "max_tokens",
          "stop_sequences",
          "metadata");

  private final RequestFields request;
  private final Map<String, String> unknown = new LinkedHashMap<>();

  private RequestConversationReader(RequestFields request) {
    this.request = request;
  }

  /**
   * Reads the whole request.
   *
   * @throws CallerProblem 400 with the name of the invalid parameter
   */
  static Conversation read(JsonMembers members) {
    RequestFields request = RequestFields.of(members.bytes());
    request.ignore(KNOWN_MEMBERS);
    return new RequestConversationReader(request).conversation();
  }

  private Conversation conversation() {
    OfferedTools offered = new OfferedTools(unknown);
    List<Message> messages = new RequestMessageReader(unknown, offered).read(request);
    List<Tool> tools = offered.read(request.objects("tools"));
    ToolChoice choice = toolChoice();
    ResponseFormat format = responseFormat();
    Sampling sampling = sampling();
    unknown.putAll(request.unread());
    return new Conversation(
        messages, tools, choice, format, sampling, Collections.unmodifiableMap(unknown));
  }

  private ToolChoice toolChoice() {
    Optional<RequestFields> choice = request.object("tool_choice");
    if (choice.isEmpty()) {
      return new ToolChoice.Unset(Optional.empty());
    }
    Optional<Boolean> parallel = choice.get().flag("disable_parallel_tool_use").map(off -> !off);
    return switch (choice.get().requiredText("type")) {
      case "auto" -> new ToolChoice.Auto(parallel);
      case "any" -> new ToolChoice.Required(parallel);
      case "tool" -> new ToolChoice.Named(choice.get().requiredText("name"), parallel);
      case "none" -> new ToolChoice.None();
      default ->
          throw RequestFields.wrongValue("tool_choice.type", "'auto', 'any', 'tool' or 'none'");
    };
  }

  private ResponseFormat responseFormat() {
    Optional<RequestFields> format =
        request
            .object("output_config")
            .flatMap(config -> config.object("format"))
            .or(() -> request.object("output_format"));
    if (format.isEmpty()) {
      return new ResponseFormat.Unset();
    }
    if (!format.get().requiredText("type").equals("json_schema")) {
      throw RequestFields.wrongValue(format.get().pathOf("type"), "'json_schema'");
    }
    String schema = format.get().requiredObject("schema").node().toString();
    return new ResponseFormat.JsonSchema("answer", schema, true);
  }

  private Sampling sampling() {
    OptionalInt limit = request.count("max_tokens");
    Optional<RequestFields> metadata = request.object("metadata");
    return new Sampling(
        request.number("temperature"),
        request.number("top_p"),
        request.count("top_k"),
        limit,
        stops(),
        OptionalInt.empty(),
        thinking(limit),
        metadata.flatMap(fields -> fields.text("user_id")));
  }

  private List<String> stops() {
    List<String> stops = new ArrayList<>();
    for (JsonNode array : request.any("stop_sequences").map(List::of).orElse(List.of())) {
      if (!array.isArray()) {
        throw RequestFields.wrong("stop_sequences", "an array of strings");
      }
      for (JsonNode each : array) {
        if (!each.isTextual()) {
          throw RequestFields.wrong("stop_sequences", "an array of strings");
        }
        stops.add(each.textValue());
      }
    }
    return List.copyOf(stops);
  }

  private ReasoningSettings thinking(OptionalInt limit) {
    Optional<String> effort =
        request.object("output_config").flatMap(config -> config.text("effort"));
    Optional<RequestFields> thinking = request.object("thinking");
    if (thinking.isEmpty()) {
      return ReasoningSettings.effort(effort);
    }
    if (thinking.get().text("display").filter("omitted"::equals).isPresent()) {
      unknown.put("thinking.display", "true");
    }
    return switch (thinking.get().requiredText("type")) {
      case "enabled" -> new ReasoningSettings(Mode.ON, effort, budget(thinking.get(), limit));
      case "adaptive" -> new ReasoningSettings(Mode.ADAPTIVE, effort, OptionalInt.empty());
      case "disabled", "between_tools" -> {
        effort.ifPresent(level -> unknown.put("output_config.effort", '"' + level + '"'));
        yield new ReasoningSettings(Mode.OFF, Optional.empty(), OptionalInt.empty());
      }
      default ->
          throw RequestFields.wrongValue(
              "thinking.type", "'enabled', 'adaptive', 'between_tools' or 'disabled'");
    };
  }

  /**
   * Checks the bounds of Anthropic's API, so that a client gets the same error from all providers.
   */
  private static OptionalInt budget(RequestFields thinking, OptionalInt limit) {
    OptionalInt budget = thinking.count("budget_tokens");
    String param = "thinking.enabled.budget_tokens";
    if (budget.isEmpty()) {
      throw CallerProblem.invalid(param, param + ": Field required");
    }
    if (budget.getAsInt() < MIN_BUDGET) {
      throw CallerProblem.invalid(
          param, param + ": Input should be greater than or equal to " + MIN_BUDGET);
    }
    if (limit.isPresent() && budget.getAsInt() >= limit.getAsInt()) {
      throw CallerProblem.invalid(
          param, "`max_tokens` must be greater than `thinking.budget_tokens`.");
    }
    return budget;
  }
}
