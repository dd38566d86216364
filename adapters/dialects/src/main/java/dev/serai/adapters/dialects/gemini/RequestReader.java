package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a {@code GenerateContentRequest} into core types. Fields that no other dialect has are
 * stored as unmapped fields, under the names that other dialects use where they share one.
 */
final class RequestReader {
  private static final String CONFIG = "generationConfig";
  private static final String JSON = "application/json";
  private static final Map<String, String> SHARED =
      Map.of(
          "generationConfig.seed",
          "seed",
          "generationConfig.presencePenalty",
          "presence_penalty",
          "generationConfig.frequencyPenalty",
          "frequency_penalty");

  private final ProtoFields request;
  private final Optional<ProtoFields> config;
  private final Map<String, String> unknown = new LinkedHashMap<>();

  private RequestReader(ProtoFields request) {
    this.request = request;
    this.config = request.object(CONFIG);
    request.fields().ignore("model");
  }

  /**
   * Reads the request.
   *
   * @throws CallerProblem 400 naming the parameter at fault
   */
  static Conversation read(JsonMembers members) {
    try {
      RequestFields root = new RequestFields(StrictJson.tree(members.bytes()), "");
      return new RequestReader(new ProtoFields(root)).read();
    } catch (MalformedInput e) {
      throw e.ofRequest();
    }
  }

  private Conversation read() {
    if (request.has("cachedContent")) {
      throw CallerProblem.invalid(
          "cachedContent", "Content that Gemini has cached cannot be sent to another provider.");
    }
    RequestContentReader contents = new RequestContentReader();
    request.object("systemInstruction").ifPresent(contents::system);
    List<Message> messages = contents.read(request.objects("contents"));
    List<Tool> tools = tools();
    ToolChoice choice = toolChoice();
    ResponseFormat format = responseFormat();
    Sampling sampling = sampling();
    keepUnknown();
    return new Conversation(
        messages, allowed(tools), choice, format, sampling, Collections.unmodifiableMap(unknown));
  }

  /** Members that are not read here; other dialects share the meaning of some. */
  private void keepUnknown() {
    request
        .fields()
        .unread()
        .forEach(
            (path, json) -> {
              String name = ProtoFields.camel(path);
              unknown.put(SHARED.getOrDefault(name, path), json);
            });
  }

  private List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    for (ProtoFields tool : request.objects("tools")) {
      for (ProtoFields function : tool.objects("functionDeclarations")) {
        tools.add(function(function));
      }
    }
    return tools;
  }

  private static Tool function(ProtoFields function) {
    String parameters =
        function
            .any("parametersJsonSchema")
            .map(JsonNode::toString)
            .or(() -> function.any("parameters").map(SchemaReader::toJsonSchema))
            .orElse(SchemaFitter.EMPTY_OBJECT);
    return new Tool(function.requiredText("name"), function.text("description"), parameters, false);
  }

  private Optional<ProtoFields> callingConfig() {
    return request.object("toolConfig").flatMap(tools -> tools.object("functionCallingConfig"));
  }

  private ToolChoice toolChoice() {
    Optional<ProtoFields> calling = callingConfig();
    String mode = calling.flatMap(c -> c.text("mode")).orElse("").toUpperCase(Locale.ROOT);
    return switch (mode) {
      case "", "MODE_UNSPECIFIED" -> new ToolChoice.Unset(Optional.empty());
      case "AUTO" -> new ToolChoice.Auto(Optional.empty());
      case "NONE" -> new ToolChoice.None();
      case "ANY" -> {
        List<String> names = allowedNames();
        yield names.size() == 1
            ? new ToolChoice.Named(names.getFirst(), Optional.empty())
            : new ToolChoice.Required(Optional.empty());
      }
      case "VALIDATED" -> {
        unknown.put("toolConfig.functionCallingConfig.mode", "\"VALIDATED\"");
        yield new ToolChoice.Auto(Optional.empty());
      }
      default ->
          throw RequestFields.wrongValue(
              "toolConfig.functionCallingConfig.mode", "'AUTO', 'ANY', 'NONE' or 'VALIDATED'");
    };
  }

  private List<String> allowedNames() {
    return callingConfig().map(calling -> texts(calling, "allowedFunctionNames")).orElse(List.of());
  }

  /** The tools that may be called: other dialects cannot offer a tool and forbid it. */
  private List<Tool> allowed(List<Tool> tools) {
    List<String> names = allowedNames();
    if (names.isEmpty()) {
      return List.copyOf(tools);
    }
    return tools.stream().filter(tool -> names.contains(tool.name())).toList();
  }

  private static List<String> texts(ProtoFields object, String name) {
    List<String> texts = new ArrayList<>();
    object
        .any(name)
        .ifPresent(
            list -> {
              if (list.isTextual()) {
                texts.add(list.textValue());
              }
              for (JsonNode element : list) {
                if (!list.isArray() || !element.isTextual()) {
                  throw RequestFields.wrong(object.pathOf(name), "an array of strings");
                }
                texts.add(element.textValue());
              }
            });
    return texts;
  }

  private ResponseFormat responseFormat() {
    String type = config.flatMap(c -> c.text("responseMimeType")).orElse("");
    if (type.equals(JSON)) {
      Optional<String> schema =
          config
              .flatMap(c -> c.any("responseJsonSchema"))
              .map(JsonNode::toString)
              .or(
                  () ->
                      config.flatMap(c -> c.any("responseSchema")).map(SchemaReader::toJsonSchema));
      return schema.isPresent()
          ? new ResponseFormat.JsonSchema("response", schema.get(), false)
          : new ResponseFormat.JsonObject();
    }
    if (type.equals("text/x.enum")) {
      unknown.put(CONFIG + ".responseMimeType", "\"text/x.enum\"");
    }
    return type.equals("text/plain") ? new ResponseFormat.PlainText() : new ResponseFormat.Unset();
  }

  private Sampling sampling() {
    if (config.isEmpty()) {
      return Sampling.UNSET;
    }
    ProtoFields from = config.get();
    return new Sampling(
        from.number("temperature"),
        from.number("topP"),
        topK(from),
        from.count("maxOutputTokens"),
        List.copyOf(texts(from, "stopSequences")),
        from.count("candidateCount"),
        from.object("thinkingConfig").map(RequestReader::thinking).orElse(ReasoningSettings.UNSET),
        Optional.empty());
  }

  /** Some clients send it as a float. */
  private static OptionalInt topK(ProtoFields from) {
    double value = from.number("topK").orElse(0);
    return value >= 1 && value < Integer.MAX_VALUE
        ? OptionalInt.of((int) value)
        : OptionalInt.empty();
  }

  private static ReasoningSettings thinking(ProtoFields wish) {
    Optional<String> level =
        wish.text("thinkingLevel")
            .map(text -> text.toLowerCase(Locale.ROOT))
            .filter(text -> !text.equals("thinking_level_unspecified"));
    // All reasoning that may be read is in the response anyway.
    wish.fields().ignore("includeThoughts", "include_thoughts");
    Optional<JsonNode> budget = wish.any("thinkingBudget");
    if (budget.isEmpty()) {
      return ReasoningSettings.effort(level);
    }
    if (!budget.get().isInt()) {
      throw RequestFields.wrong(wish.pathOf("thinkingBudget"), "a whole number");
    }
    int tokens = budget.get().intValue();
    if (tokens <= 0) {
      ReasoningSettings.Mode mode =
          tokens == 0 ? ReasoningSettings.Mode.OFF : ReasoningSettings.Mode.ADAPTIVE;
      return new ReasoningSettings(mode, level, OptionalInt.empty());
    }
    return new ReasoningSettings(ReasoningSettings.Mode.ON, level, OptionalInt.of(tokens));
  }
}
