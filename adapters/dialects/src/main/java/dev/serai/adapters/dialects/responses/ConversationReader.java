package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.media.StoredFiles;
import dev.serai.adapters.dialects.openaiapi.request.ResponseFormatReader;
import dev.serai.adapters.dialects.openaiapi.request.ToolReader;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a request into a {@link Conversation}, for providers of other dialects. */
final class ConversationReader {
  // Members that are read here, handled by the gateway itself, or without effect on the model.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "input",
          "instructions",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "text",
          "reasoning",
          "max_output_tokens",
          "temperature",
          "top_p",
          "user",
          "stream",
          "stream_options",
          "store",
          "metadata",
          "previous_response_id",
          "include",
          "background",
          "truncation");

  private final ResponsesRequest request;
  private final RequestFields fields;

  private ConversationReader(ResponsesRequest request) {
    this.request = request;
    this.fields = new RequestFields(request.tree(), "");
    fields.ignore(UNDERSTOOD);
  }

  /**
   * Reads the whole request, with the stored responses that it continues.
   *
   * @throws CallerProblem 400 that names the invalid parameter
   */
  static Conversation read(ResponsesRequest request) {
    try {
      return new ConversationReader(request).conversation();
    } catch (MalformedInput e) {
      throw e.ofRequest();
    }
  }

  private Conversation conversation() {
    List<Message> messages = messages();
    List<Tool> tools = tools();
    ToolChoice choice = toolChoice();
    ResponseFormat format = responseFormat();
    Sampling sampling = sampling();
    return new Conversation(messages, tools, choice, format, sampling, unknown());
  }

  private List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    fields
        .text("instructions")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> messages.add(Message.of(Role.SYSTEM, List.of(new TextPart(text)))));
    messages.addAll(new RequestItemReader(fields, request.tools()).read(InputItems.all(request)));
    if (messages.isEmpty() && fields.has("prompt")) {
      throw StoredFiles.foreignPrompt();
    }
    if (messages.isEmpty()) {
      throw CallerProblem.invalid("input", "Missing required parameter: 'input'.");
    }
    return List.copyOf(messages);
  }

  private List<Tool> tools() {
    Optional<RequestFields> choice =
        fields.any("tool_choice").filter(JsonNode::isObject).map(this::at);
    if (choice.isEmpty() || !choice.get().requiredText("type").equals("allowed_tools")) {
      return request.tools().tools();
    }
    Set<String> allowed = new HashSet<>();
    for (RequestFields tool : choice.get().objects("tools")) {
      tool.ignore("type");
      allowed.add(request.tools().functionName(tool));
    }
    return request.tools().tools().stream().filter(tool -> allowed.contains(tool.name())).toList();
  }

  private RequestFields at(JsonNode choice) {
    return fields.at(choice, "tool_choice");
  }

  private ToolChoice toolChoice() {
    Optional<Boolean> parallel = fields.flag("parallel_tool_calls");
    Optional<JsonNode> choice = fields.any("tool_choice");
    if (choice.isEmpty()) {
      return new ToolChoice.Unset(parallel);
    }
    if (choice.get().isTextual()) {
      return word(choice.get().textValue(), parallel);
    }
    RequestFields named = at(choice.get());
    return switch (named.requiredText("type")) {
      case "function", "custom" ->
          new ToolChoice.Named(request.tools().functionName(named), parallel);
      case "allowed_tools" -> word(named.text("mode").orElse("auto"), parallel);
      default -> new ToolChoice.Unset(parallel);
    };
  }

  private static ToolChoice word(String word, Optional<Boolean> parallel) {
    return ToolReader.choice(word, parallel, "tool_choice", "a tool");
  }

  private ResponseFormat responseFormat() {
    return ResponseFormatReader.read(
        fields.object("text").flatMap(text -> text.object("format")), format -> format);
  }

  private Sampling sampling() {
    Optional<RequestFields> reasoning = fields.object("reasoning");
    // All reasoning that may be read is in the response anyway.
    reasoning.ifPresent(settings -> settings.ignore("summary", "generate_summary"));
    return new Sampling(
        fields.number("temperature"),
        fields.number("top_p"),
        OptionalInt.empty(),
        fields.count("max_output_tokens"),
        List.of(),
        OptionalInt.empty(),
        ReasoningSettings.effort(reasoning.flatMap(r -> r.text("effort"))),
        fields.text("user"));
  }

  private Map<String, String> unknown() {
    fields.object("stream_options").ifPresent(options -> options.ignore("include_obfuscation"));
    Map<String, String> unknown = new LinkedHashMap<>();
    fields
        .text("truncation")
        .filter(word -> !word.equals("disabled"))
        .ifPresent(word -> unknown.put("truncation", '"' + word + '"'));
    fields
        .object("text")
        .flatMap(text -> text.any("verbosity"))
        .ifPresent(word -> unknown.put("text.verbosity", word.toString()));
    Optional<JsonNode> choice = fields.any("tool_choice").filter(JsonNode::isObject);
    if (choice.isPresent() && toolChoice() instanceof ToolChoice.Unset) {
      unknown.put("tool_choice", choice.get().toString());
    }
    includes(unknown);
    unknown.putAll(fields.unread());
    unknown.putAll(request.tools().unmapped());
    return Collections.unmodifiableMap(unknown);
  }

  /** Reasoning always comes with its state; all else that {@code include} asks for is dropped. */
  private void includes(Map<String, String> unknown) {
    for (JsonNode wanted : request.tree().path("include")) {
      String name = wanted.asText("");
      if (!name.equals("reasoning.encrypted_content")) {
        unknown.put("include." + name, wanted.toString());
      }
    }
  }
}
