package dev.serai.adapters.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a request of an Ollama client into core types. */
final class RequestReader {
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "messages",
          "prompt",
          "system",
          "images",
          "stream",
          "tools",
          "format",
          "think",
          "options");
  private static final String OPTIONS = "options.";

  private RequestReader() {}

  /**
   * Reads the request.
   *
   * @throws CallerProblem 400 naming the parameter at fault
   */
  static Conversation conversation(OllamaRequest request) {
    RequestFields fields = RequestFields.of(request.bytes());
    Optional<RequestFields> options = fields.object("options");
    List<Message> messages =
        request.form() == OllamaRequest.Form.CHAT
            ? new RequestMessageReader().read(fields.objects("messages"))
            : prompt(fields);
    if (messages.isEmpty()) {
      String name = request.form() == OllamaRequest.Form.CHAT ? "messages" : "prompt";
      throw CallerProblem.invalid(
          name,
          "'"
              + name
              + "' is missing or empty. Such a request loads a model, which only providers of the"
              + " kind ollama do.");
    }
    fields.ignore(UNDERSTOOD);
    List<Tool> tools = tools(fields);
    Sampling sampling = sampling(options, thinking(fields));
    return new Conversation(
        messages,
        tools,
        new ToolChoice.Unset(Optional.empty()),
        format(fields),
        sampling,
        unknown(fields));
  }

  private static List<Message> prompt(RequestFields fields) {
    List<Message> messages = new ArrayList<>(2);
    fields
        .text("system")
        .filter(system -> !system.isEmpty())
        .ifPresent(
            system ->
                messages.add(Message.of(Role.SYSTEM, List.of(new Conversation.TextPart(system)))));
    List<Conversation.Part> parts = RequestMessageReader.content(fields, "prompt");
    if (!parts.isEmpty()) {
      messages.add(Message.of(Role.USER, parts));
    }
    return parts.isEmpty() ? List.of() : messages;
  }

  private static List<Tool> tools(RequestFields fields) {
    List<Tool> tools = new ArrayList<>();
    for (RequestFields tool : fields.objects("tools")) {
      RequestFields function = tool.requiredObject("function");
      tool.ignore("type");
      String schema = function.json("parameters", SchemaFitter.EMPTY_OBJECT);
      tools.add(
          new Tool(function.requiredText("name"), function.text("description"), schema, false));
    }
    return tools;
  }

  private static ResponseFormat format(RequestFields fields) {
    Optional<JsonNode> format = fields.any("format");
    if (format.isEmpty() || (format.get().isTextual() && format.get().textValue().isEmpty())) {
      return new ResponseFormat.Unset();
    }
    if (format.get().isTextual() && format.get().textValue().equals("json")) {
      return new ResponseFormat.JsonObject();
    }
    if (!format.get().isObject()) {
      throw RequestFields.wrong("format", "'json' or a JSON schema");
    }
    return new ResponseFormat.JsonSchema("answer", format.get().toString(), false);
  }

  private static ReasoningSettings thinking(RequestFields fields) {
    Optional<JsonNode> think = fields.any("think");
    if (think.isEmpty()) {
      return ReasoningSettings.UNSET;
    }
    if (think.get().isBoolean()) {
      ReasoningSettings.Mode mode =
          think.get().booleanValue() ? ReasoningSettings.Mode.ON : ReasoningSettings.Mode.OFF;
      return new ReasoningSettings(mode, Optional.empty(), OptionalInt.empty());
    }
    return ReasoningSettings.effort(fields.text("think"));
  }

  private static Sampling sampling(Optional<RequestFields> given, ReasoningSettings thinking) {
    if (given.isEmpty()) {
      Sampling none = Sampling.UNSET;
      return new Sampling(
          none.temperature(),
          none.topP(),
          none.topK(),
          none.maxTokens(),
          none.stop(),
          none.choices(),
          thinking,
          none.user());
    }
    RequestFields options = given.get();
    OptionalInt most = options.count("num_predict");
    return new Sampling(
        options.number("temperature"),
        options.number("top_p"),
        options.count("top_k"),
        // -1 is unlimited, -2 is as much as fits.
        most.orElse(0) > 0 ? most : OptionalInt.empty(),
        stop(options),
        OptionalInt.empty(),
        thinking,
        Optional.empty());
  }

  private static List<String> stop(RequestFields options) {
    Optional<JsonNode> stop = options.any("stop");
    List<String> words = new ArrayList<>();
    if (stop.isPresent() && stop.get().isTextual()) {
      words.add(stop.get().textValue());
    } else if (stop.isPresent()) {
      for (JsonNode word : stop.get()) {
        words.add(word.asText());
      }
    }
    return words;
  }

  /** Options keep their names: other dialects have them at the top level. */
  private static Map<String, String> unknown(RequestFields fields) {
    Map<String, String> unknown = new LinkedHashMap<>();
    fields
        .unread()
        .forEach(
            (path, json) ->
                unknown.put(
                    path.startsWith(OPTIONS) ? path.substring(OPTIONS.length()) : path, json));
    return unknown;
  }
}
