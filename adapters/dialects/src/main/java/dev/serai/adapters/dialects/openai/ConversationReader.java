package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.openaiapi.request.ResponseFormatReader;
import dev.serai.adapters.dialects.openaiapi.request.ToolReader;
import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.tool.CustomTools;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextInput;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads a chat completion request into a {@link Conversation}, for providers of other dialects. The
 * older {@code functions} and {@code function_call} are read as tools.
 */
final class ConversationReader {
  private static final String ALLOWED = "allowed_tools";
  private static final String CUSTOM = "custom";
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call",
          "response_format",
          "temperature",
          "top_p",
          "top_k",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "n",
          "reasoning_effort",
          "user");

  private ConversationReader() {}

  /**
   * Reads the whole request.
   *
   * @throws CallerProblem 400 that names the invalid parameter
   */
  static Conversation read(JsonMembers members) {
    RequestFields request = RequestFields.of(members.bytes());
    request.ignore(UNDERSTOOD);
    request
        .object("stream_options")
        .ifPresent(options -> options.ignore("include_usage", "include_obfuscation"));
    return new Conversation(
        new RequestMessageReader().read(request.objects("messages")),
        tools(request),
        toolChoice(request),
        ResponseFormatReader.read(
            request.object("response_format"), format -> format.requiredObject("json_schema")),
        sampling(request),
        Collections.unmodifiableMap(request.unread()));
  }

  private static List<Tool> tools(RequestFields request) {
    List<Tool> tools = new ArrayList<>();
    for (RequestFields tool : request.objects("tools")) {
      String type = tool.requiredText("type");
      if (type.equals("function")) {
        tools.add(function(tool.requiredObject("function"), CacheMarks.read(tool)));
      } else if (type.equals(CUSTOM)) {
        tools.add(custom(tool.requiredObject(CUSTOM), CacheMarks.read(tool)));
      } else {
        tool.leaveOut(type);
      }
    }
    for (RequestFields function : request.objects("functions")) {
      tools.add(function(function, Optional.empty()));
    }
    Set<String> allowed = allowed(request);
    return tools.stream().filter(t -> allowed.isEmpty() || allowed.contains(t.name())).toList();
  }

  /** The names of the tools that {@code tool_choice} allows; empty if it allows all. */
  private static Set<String> allowed(RequestFields request) {
    Set<String> names = new HashSet<>();
    Optional<JsonNode> choice = request.any("tool_choice").filter(JsonNode::isObject);
    if (choice.isPresent()) {
      Optional<RequestFields> allowed = request.requiredObject("tool_choice").object(ALLOWED);
      for (RequestFields tool : allowed.map(some -> some.objects("tools")).orElse(List.of())) {
        tool.ignore("type");
        tool.object("function").ifPresent(of -> names.add(of.requiredText("name")));
        tool.object(CUSTOM).ifPresent(of -> names.add(of.requiredText("name")));
      }
    }
    return names;
  }

  /** A tool that takes plain text, and the grammar that the text must follow. */
  private static Tool custom(RequestFields custom, Optional<CacheMark> mark) {
    Optional<RequestFields> format = custom.object("format");
    format.ifPresent(of -> of.ignore("type"));
    Optional<RequestFields> grammar = format.flatMap(of -> of.object("grammar"));
    TextInput input = ToolReader.textInput(custom, grammar);
    return CustomTools.tool(custom.requiredText("name"), input, mark);
  }

  private static Tool function(RequestFields function, Optional<CacheMark> mark) {
    String name = function.requiredText("name");
    return ToolReader.function(name, function, mark.or(() -> CacheMarks.read(function)));
  }

  private static ToolChoice toolChoice(RequestFields request) {
    // A client of the older functions understands one call at a time.
    Optional<Boolean> parallel =
        request.has("tools") || !request.has("functions")
            ? request.flag("parallel_tool_calls")
            : Optional.of(false);
    String name = request.any("tool_choice").isPresent() ? "tool_choice" : "function_call";
    Optional<JsonNode> choice = request.any(name);
    if (choice.isEmpty()) {
      return new ToolChoice.Unset(parallel);
    }
    if (choice.get().isTextual()) {
      return ToolReader.choice(choice.get().textValue(), parallel, name, "a function");
    }
    RequestFields named = request.requiredObject(name);
    named.ignore("type");
    Optional<RequestFields> allowed = named.object(ALLOWED);
    if (allowed.isPresent()) {
      boolean required = allowed.get().text("mode").filter("required"::equals).isPresent();
      return required ? new ToolChoice.Required(parallel) : new ToolChoice.Auto(parallel);
    }
    Optional<RequestFields> custom = named.object(CUSTOM);
    if (custom.isPresent()) {
      return new ToolChoice.Named(custom.get().requiredText("name"), parallel);
    }
    if (named.text("type").filter(type -> !type.equals("function")).isPresent()) {
      named.leaveOut(named.requiredText("type"));
      return new ToolChoice.Unset(parallel);
    }
    RequestFields function = name.equals("tool_choice") ? named.requiredObject("function") : named;
    return new ToolChoice.Named(function.requiredText("name"), parallel);
  }

  private static Sampling sampling(RequestFields request) {
    OptionalInt most = request.count("max_completion_tokens");
    return new Sampling(
        request.number("temperature"),
        request.number("top_p"),
        request.count("top_k"),
        most.isPresent() ? most : request.count("max_tokens"),
        stop(request),
        request.count("n"),
        ReasoningSettings.effort(request.text("reasoning_effort")),
        request.text("user"));
  }

  private static List<String> stop(RequestFields request) {
    Optional<JsonNode> stop = request.any("stop");
    if (stop.isEmpty()) {
      return List.of();
    }
    if (stop.get().isTextual()) {
      return List.of(stop.get().textValue());
    }
    List<String> words = new ArrayList<>();
    for (JsonNode word : stop.get()) {
      if (!word.isTextual()) {
        throw RequestFields.wrong("stop", "a string or an array of strings");
      }
      words.add(word.textValue());
    }
    return List.copyOf(words);
  }
}
