package dev.serai.adapters.dialects.translation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An object of a request, read with type checks. A member of the wrong type is rejected with its
 * path, as in {@code messages[0].content}. A member that is null counts as absent. All objects of a
 * request share a record of the members that were read: {@link #unread} has the others. For one
 * reader of one request; not thread-safe.
 */
public final class RequestFields {
  private final JsonNode node;
  private final String path;
  private final ReadMembers members;
  private final ReadMembers.ReadObject read;

  /**
   * The whole request.
   *
   * @throws CallerProblem 400 if the body is not an object
   */
  public static RequestFields of(byte[] body) {
    try {
      return new RequestFields(StrictJson.tree(body), "");
    } catch (MalformedInput e) {
      throw e.ofRequest();
    }
  }

  /** The first object of a request. */
  public RequestFields(JsonNode node, String path) {
    this(node, path, new ReadMembers());
  }

  private RequestFields(JsonNode node, String path, ReadMembers members) {
    if (!node.isObject()) {
      throw wrong(path, "an object");
    }
    this.node = node;
    this.path = path;
    this.members = members;
    this.read = members.of(node, path);
  }

  /** Another object of the same request. */
  public RequestFields at(JsonNode other, String otherPath) {
    return new RequestFields(other, otherPath, members);
  }

  /** The whole object, which counts as read with all its members. */
  public JsonNode node() {
    read.readWhole();
    return node;
  }

  /** Where the object is in the request. */
  public String path() {
    return path;
  }

  /** Whether it has a member of that name, even if it is null. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** The names of all members. */
  public List<String> names() {
    List<String> names = new ArrayList<>(node.size());
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Counts members as read that have no effect on the response, or none that can be translated. */
  public void ignore(Iterable<String> names) {
    names.forEach(read::read);
  }

  /** Counts members as read that have no effect on the response. */
  public void ignore(String... names) {
    ignore(List.of(names));
  }

  /** Counts members as read that are empty arrays, as responses have them and clients return. */
  public void ignoreEmpty(String... names) {
    for (String name : names) {
      if (node.path(name).isArray() && node.path(name).isEmpty()) {
        read.read(name);
      }
    }
  }

  /**
   * Leaves the object out: no other dialect can express it. {@link #unread} lists it by its kind,
   * as in {@code input.web_search_call}.
   */
  public void leaveOut(String kind) {
    read.leaveOut(kind);
  }

  /**
   * The members that were not read, of this object and of all objects of the request that were:
   * JSON text by path.
   */
  public Map<String, String> unread() {
    return members.unread();
  }

  /** A problem of status 400 that names the parameter and the expected type. */
  public static CallerProblem wrong(String path, String expected) {
    return CallerProblem.invalid(
        path, "Invalid type for '" + path + "': expected " + expected + ".");
  }

  /** A problem of status 400 that names the parameter and the values that it may have. */
  public static CallerProblem wrongValue(String path, String expected) {
    return CallerProblem.invalid(
        path, "Invalid value for '" + path + "': expected " + expected + ".");
  }

  /** The path of a member, for messages. */
  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The value of a member; empty if it is absent or null. */
  public Optional<JsonNode> any(String name) {
    read.read(name);
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /**
   * The text of a member; empty if it is absent.
   *
   * @throws CallerProblem 400 if the member is not a string
   */
  public Optional<String> text(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !value.get().isTextual()) {
      throw wrong(pathOf(name), "a string");
    }
    return value.map(JsonNode::textValue);
  }

  /**
   * The text of a member that must be there.
   *
   * @throws CallerProblem 400 if the member is absent or not a string
   */
  public String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /**
   * The flag of a member; empty if it is absent.
   *
   * @throws CallerProblem 400 if the member is neither {@code true} nor {@code false}
   */
  public Optional<Boolean> flag(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrong(pathOf(name), "true or false");
    }
    return value.map(JsonNode::booleanValue);
  }

  /**
   * The number of a member; empty if it is absent.
   *
   * @throws CallerProblem 400 if the member is not a finite number
   */
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

  /**
   * The whole number of a member; empty if it is absent.
   *
   * @throws CallerProblem 400 if the member is not a whole number of 32 bits
   */
  public OptionalInt count(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !(value.get().canConvertToInt() && value.get().isIntegralNumber())) {
      throw wrong(pathOf(name), "a whole number");
    }
    return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
  }

  /**
   * The object of a member; empty if it is absent.
   *
   * @throws CallerProblem 400 if the member is not an object
   */
  public Optional<RequestFields> object(String name) {
    return any(name).map(value -> at(value, pathOf(name)));
  }

  /**
   * The object of a member that must be there.
   *
   * @throws CallerProblem 400 if the member is absent or not an object
   */
  public RequestFields requiredObject(String name) {
    return object(name).orElseThrow(() -> missing(name));
  }

  /**
   * The object of a member as JSON text; all of it counts as read.
   *
   * @param otherwise the text if the member is absent
   * @throws CallerProblem 400 if the member is not an object
   */
  public String json(String name, String otherwise) {
    return object(name).map(object -> object.node().toString()).orElse(otherwise);
  }

  /**
   * The objects of an array; empty if it is absent.
   *
   * @throws CallerProblem 400 if the member is not an array of objects
   */
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
      objects.add(at(element, pathOf(name) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  private CallerProblem missing(String name) {
    return CallerProblem.invalid(
        pathOf(name), "Missing required parameter: '" + pathOf(name) + "'.");
  }
}
