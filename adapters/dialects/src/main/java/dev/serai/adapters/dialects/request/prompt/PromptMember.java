package dev.serai.adapters.dialects.request.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.prompt.template.PromptReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the stored prompt that a request names: an object {@code prompt} at its top or in its
 * member {@code serai}. A prompt whose ID begins with {@code pmpt_} is stored by OpenAI and is the
 * provider's matter. Pure.
 */
public final class PromptMember {
  static final String NAME = "prompt";
  private static final String OF_PROVIDER = "pmpt_";
  private static final Set<String> KNOWN = Set.of("name", "id", "label", "version", "variables");
  private static final String PERSONA = "persona/";
  private static final int MAX_NAME = 64;

  private PromptMember() {}

  /**
   * Refuses to read a request that names a stored prompt, since that is not in it yet.
   *
   * @throws NamedPrompt if it names one
   * @throws CallerProblem 400 if it names one in a wrong way
   */
  public static JsonMembers requireNone(JsonMembers request) {
    int place = request.find(NAME);
    if ((place < 0 || request.kind(place) != '{') && request.own().isEmpty()) {
      return request;
    }
    return requireNone(request, model(request));
  }

  /**
   * The same for a request whose body does not name its model.
   *
   * @param model that it asks for
   */
  public static JsonMembers requireNone(JsonMembers request, String model) {
    int place = request.find(NAME);
    if (place >= 0 && request.kind(place) == '{') {
      refuseOurs(
          tree(NAME, request.bytes(), request.valueStart(place), request.valueEnd(place)),
          NAME,
          model);
    }
    for (Map.Entry<String, byte[]> own : request.own().entrySet()) {
      if (names(own.getValue())) {
        byte[] json = own.getValue();
        JsonNode serai = tree(own.getKey(), json, 0, json.length);
        if (serai.path(NAME).isObject()) {
          refuseOurs(serai.path(NAME), own.getKey() + "." + NAME, model);
        }
      }
    }
    return request;
  }

  /**
   * What is thrown for a request without messages: its model may be a persona, whose prompt has
   * them.
   *
   * @param model that it asks for
   * @param why what is wrong with it otherwise
   */
  public static RuntimeException withoutMessages(String model, CallerProblem why) {
    return model.startsWith(PERSONA) ? new NamedPrompt(ofPersona(model), Optional.of(why)) : why;
  }

  /** The same of a request whose body names its model. */
  public static RuntimeException withoutMessages(JsonMembers request, CallerProblem why) {
    return withoutMessages(model(request), why);
  }

  private static PromptReference ofPersona(String model) {
    return new PromptReference(
        "", model, Optional.empty(), OptionalInt.empty(), Map.of(), NAME + ".variables");
  }

  /** Whether the JSON of a member {@code serai} may name a prompt. */
  private static boolean names(byte[] json) {
    try {
      return JsonMembers.of(json).find(NAME) >= 0;
    } catch (MalformedInput e) {
      return false; // its reader says what is wrong
    }
  }

  /** The model that the body names; empty if it names none. */
  private static String model(JsonMembers request) {
    int place = request.find("model");
    return place >= 0 && request.kind(place) == '"' ? request.text(place) : "";
  }

  private static JsonNode tree(String name, byte[] json, int from, int to) {
    try {
      return StrictJson.tree(json, from, to);
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(name, "Invalid '" + name + "': " + e.getMessage() + ".");
    }
  }

  /** Whether a prompt is stored here. */
  static boolean isOurs(JsonNode prompt) {
    return !prompt.path("id").asText("").startsWith(OF_PROVIDER);
  }

  private static void refuseOurs(JsonNode prompt, String place, String model) {
    if (isOurs(prompt)) {
      throw new NamedPrompt(reference(prompt, place, model));
    }
  }

  private static PromptReference reference(JsonNode prompt, String place, String model) {
    prompt
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw CallerProblem.invalid(
                    place,
                    "'"
                        + place
                        + "' may have name, label, version and variables, and nothing"
                        + " else.");
              }
            });
    Optional<String> name = text(prompt, place, "name").or(() -> text(prompt, place, "id"));
    Optional<String> label = text(prompt, place, "label");
    OptionalInt version = version(prompt, place);
    if (label.isPresent() && version.isPresent()) {
      throw CallerProblem.invalid(place, "'" + place + "' has a label or a version, not both.");
    }
    return new PromptReference(
        name.orElse(""), model, label, version, variables(prompt, place), place + ".variables");
  }

  private static Optional<String> text(JsonNode prompt, String place, String member) {
    JsonNode value = prompt.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()
        || value.textValue().isEmpty()
        || value.textValue().length() > MAX_NAME) {
      throw RequestFields.wrong(place + "." + member, "a text of 1 to 64 characters");
    }
    return Optional.of(value.textValue());
  }

  /** OpenAI's clients send it as a text. */
  private static OptionalInt version(JsonNode prompt, String place) {
    JsonNode value = prompt.path("version");
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    boolean written = value.isTextual() && value.textValue().matches("[0-9]{1,9}");
    if (!written && !(value.isInt() && value.intValue() > 0)) {
      throw RequestFields.wrong(place + ".version", "the number of a version");
    }
    return OptionalInt.of(value.asInt());
  }

  private static Map<String, Object> variables(JsonNode prompt, String place) {
    JsonNode variables = prompt.path("variables");
    if (variables.isMissingNode() || variables.isNull()) {
      return Map.of();
    }
    if (!variables.isObject()) {
      throw RequestFields.wrong(place + ".variables", "an object");
    }
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> one : variables.properties()) {
      if (!one.getValue().isNull()) {
        values.put(one.getKey(), value(one.getValue()));
      }
    }
    return values;
  }

  /** In OpenAI's Responses a text may also be an {@code input_text}. */
  private static Object value(JsonNode value) {
    if (value.path("type").asText("").equals("input_text") && value.path("text").isTextual()) {
      return value.path("text").textValue();
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    return value.isBoolean() ? value.booleanValue() : value;
  }
}
