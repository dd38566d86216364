package dev.serai.adapters.dialects.translation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An object of a request, read with type checks. A member of the wrong type is rejected with its
 * path, as in {@code messages[0].content}. A member that is null counts as absent. Immutable.
 *
 * @throws CallerProblem 400 for a member of the wrong type or one that is required and missing
 */
public record RequestFields(JsonNode node, String path) {
  public RequestFields {
    if (!node.isObject()) {
      throw wrong(path, "an object");
    }
  }

  /** A problem of status 400 that names the parameter and the expected type. */
  public static CallerProblem wrong(String path, String expected) {
    return CallerProblem.invalid(
        path, "Invalid type for '" + path + "': expected " + expected + ".");
  }

  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  public Optional<JsonNode> any(String name) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  public Optional<String> text(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !value.get().isTextual()) {
      throw wrong(pathOf(name), "a string");
    }
    return value.map(JsonNode::textValue);
  }

  public String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  public Optional<Boolean> flag(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrong(pathOf(name), "true or false");
    }
    return value.map(JsonNode::booleanValue);
  }

  public OptionalDouble number(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = value.get().isNumber() ? value.get().doubleValue() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw wrong(pathOf(name), "a number");
    }
    return OptionalDouble.of(number);
  }

  public OptionalInt count(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !(value.get().canConvertToInt() && value.get().isIntegralNumber())) {
      throw wrong(pathOf(name), "a whole number");
    }
    return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
  }

  public Optional<RequestFields> object(String name) {
    return any(name).map(value -> new RequestFields(value, pathOf(name)));
  }

  public RequestFields requiredObject(String name) {
    return object(name).orElseThrow(() -> missing(name));
  }

  /** The objects of an array; empty if it is absent. */
  public List<RequestFields> objects(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray()) {
      throw wrong(pathOf(name), "an array");
    }
    List<RequestFields> objects = new ArrayList<>(value.get().size());
    for (JsonNode element : value.get()) {
      objects.add(new RequestFields(element, pathOf(name) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  private CallerProblem missing(String name) {
    return CallerProblem.invalid(
        pathOf(name), "Missing required parameter: '" + pathOf(name) + "'.");
  }
}
