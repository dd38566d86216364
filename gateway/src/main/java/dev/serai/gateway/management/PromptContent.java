package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.PromptTemplate;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import dev.serai.core.request.ModelRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a version of a prompt says, as JSON: {@code messages}, {@code variables}, {@code model} and
 * {@code parameters}. Immutable.
 */
final class PromptContent {
  /** The members that say something. */
  static final Set<String> MEMBERS = Set.of("messages", "text", "variables", "model", "parameters");

  private static final String MESSAGES = "messages";
  private static final String PARAMETERS = "parameters";
  private static final double MAX_TEMPERATURE = 2;
  private static final Set<String> OF_MESSAGE = Set.of("role", "content");
  private static final Set<String> OF_PARAMETERS =
      Set.of("temperature", "top_p", "max_tokens", "seed");

  private final List<Message> messages;
  private final Optional<JsonNode> variables;
  private final PromptTemplate.Terms terms;

  private PromptContent(
      List<Message> messages, Optional<JsonNode> variables, PromptTemplate.Terms terms) {
    this.messages = messages;
    this.variables = variables;
    this.terms = terms;
  }

  /**
   * Reads the members of a request.
   *
   * @throws CallerProblem 400 if they are not a prompt
   */
  static PromptContent of(RequestObject request) {
    return new PromptContent(
        messages(request),
        request.member("variables"),
        new PromptTemplate.Terms(
            request
                .member("model")
                .map(
                    value ->
                        RequestObject.text(
                            value,
                            "model",
                            ModelRequest::isValidName,
                            "must be the name of a model")),
            request
                .member(PARAMETERS)
                .map(PromptContent::parameters)
                .orElse(DefaultParameters.NONE)));
  }

  /**
   * The template that it is.
   *
   * @throws CallerProblem 400 if it is not one
   */
  PromptTemplate template() {
    return new PromptTemplate(
        messages, variables.map(PromptVariables::read).orElse(List.of()), terms);
  }

  private static List<Message> messages(RequestObject request) {
    Optional<JsonNode> text = request.member("text");
    Optional<JsonNode> given = request.member(MESSAGES);
    if (text.isPresent() == given.isPresent()) {
      throw CallerProblem.invalid(MESSAGES, "A version has either 'messages' or 'text'.");
    }
    if (text.isPresent()) {
      return List.of(new Message(Role.USER, content(text.get(), "text")));
    }
    JsonNode list = given.get();
    if (!list.isArray() || list.isEmpty() || list.size() > PromptTemplate.MAX_MESSAGES) {
      throw wrong("must be a list of 1 to " + PromptTemplate.MAX_MESSAGES + " messages");
    }
    List<Message> messages = new ArrayList<>();
    list.forEach(one -> messages.add(message(one)));
    return messages;
  }

  private static Message message(JsonNode value) {
    if (!value.isObject() || !value.has("role") || !value.has("content")) {
      throw wrong("must be objects with 'role' and 'content'");
    }
    requireKnown(value, MESSAGES, OF_MESSAGE);
    Role role =
        Role.named(value.get("role").asText())
            .orElseThrow(() -> wrong("must have a 'role' of system, user or assistant"));
    return new Message(role, content(value.get("content"), MESSAGES));
  }

  private static String content(JsonNode value, String member) {
    return RequestObject.text(
        value, member, text -> !text.isBlank(), "must have texts that are not blank");
  }

  static void requireKnown(JsonNode object, String member, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw RequestObject.unknown(name, " in '" + member + "'", known);
              }
            });
  }

  private static DefaultParameters parameters(JsonNode value) {
    if (!value.isObject()) {
      throw CallerProblem.invalid(PARAMETERS, "'parameters' must be an object.");
    }
    requireKnown(value, PARAMETERS, OF_PARAMETERS);
    return new DefaultParameters(
        fraction(value, "temperature", MAX_TEMPERATURE),
        fraction(value, "top_p", 1),
        whole(value, "max_tokens", 1),
        whole(value, "seed", Integer.MIN_VALUE));
  }

  private static Optional<Double> fraction(JsonNode parameters, String name, double most) {
    return Optional.ofNullable(parameters.get(name))
        .map(
            value -> {
              if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > most) {
                throw CallerProblem.invalid(
                    PARAMETERS, "'parameters." + name + "' must be a number from 0 to " + most);
              }
              return value.doubleValue();
            });
  }

  private static Optional<Integer> whole(JsonNode parameters, String name, int least) {
    return Optional.ofNullable(parameters.get(name))
        .map(
            value -> {
              if (!value.isIntegralNumber()
                  || !value.canConvertToInt()
                  || value.intValue() < least) {
                throw CallerProblem.invalid(
                    PARAMETERS, "'parameters." + name + "' must be a whole number.");
              }
              return value.intValue();
            });
  }

  private static CallerProblem wrong(String rule) {
    return CallerProblem.invalid(MESSAGES, "'messages' " + rule + ".");
  }

  /** As JSON, in one order of the members. */
  byte[] json() {
    JsonWriter json = new JsonWriter().beginObject().name(MESSAGES).beginArray();
    for (Message one : messages) {
      json.beginObject()
          .member("role", one.role().label())
          .member("content", one.text())
          .endObject();
    }
    json.endArray();
    variables.ifPresent(schema -> json.name("variables").json(schema.toString()));
    terms.model().ifPresent(model -> json.member("model", model));
    if (!terms.parameters().equals(DefaultParameters.NONE)) {
      json.name(PARAMETERS).beginObject();
      writeParameters(json, terms.parameters());
      json.endObject();
    }
    return json.endObject().bytes();
  }

  private static void writeParameters(JsonWriter json, DefaultParameters given) {
    given.temperature().ifPresent(number -> json.member("temperature", BigDecimal.valueOf(number)));
    given.topP().ifPresent(number -> json.member("top_p", BigDecimal.valueOf(number)));
    given.maxTokens().ifPresent(number -> json.member("max_tokens", number));
    given.seed().ifPresent(number -> json.member("seed", number));
  }

  /** As lines that people compare: a message after the other, then what belongs to them. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Message one : messages) {
      lines.add(one.role().label() + ":");
      one.text().lines().forEach(line -> lines.add("  " + line));
    }
    terms.model().ifPresent(model -> lines.add("model: " + model));
    if (!terms.parameters().equals(DefaultParameters.NONE)) {
      JsonWriter json = new JsonWriter().beginObject();
      writeParameters(json, terms.parameters());
      lines.add("parameters: " + new String(json.endObject().bytes(), StandardCharsets.UTF_8));
    }
    variables.ifPresent(schema -> addVariables(lines, schema));
    return lines;
  }

  private static void addVariables(List<String> lines, JsonNode schema) {
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    Set<String> names = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String rule = schema.path("properties").path(name).toString();
      lines.add("variable " + name + (required.contains(name) ? ", required: " : ": ") + rule);
    }
  }
}
