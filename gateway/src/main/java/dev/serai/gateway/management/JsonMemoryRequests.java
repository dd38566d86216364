package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.request.MemoryRequests;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.problem.CallerProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the JSON of requests about memory objects; refuses members that it does not know. Pure. */
final class JsonMemoryRequests implements MemoryRequests {
  private static final Set<String> OF_VALUE = Set.of("object", "ttl_seconds", "cache", "tags");
  private static final Set<String> OF_OPERATION =
      Set.of("op", "ns", "key", "object", "ttl_seconds", "cache", "tags", "if_version");
  private static final Set<String> OPERATIONS = Set.of("operations");
  private static final double MAX_TTL = Duration.ofDays(3660).toSeconds();
  private static final int MAX_TAGS = 16;
  private static final int MAX_TAG = 64;
  private static final Predicate<String> TAG = text -> !text.isBlank() && text.length() <= MAX_TAG;
  private static final Predicate<String> ANY = text -> true;

  @Override
  public MemorySearch readSearch(byte[] json) {
    return MemorySearchReader.read(json);
  }

  @Override
  public Value readValue(byte[] json) {
    RequestObject request = RequestObject.read(json, OF_VALUE);
    return value(json, request);
  }

  @Override
  public List<Operation> readOperations(byte[] json) {
    RequestObject request = RequestObject.read(json, OPERATIONS);
    boolean list = request.member("operations").filter(JsonNode::isArray).isPresent();
    List<byte[]> each = list ? elements(json) : List.of();
    if (each.isEmpty() || each.size() > MAX_OPERATIONS) {
      throw CallerProblem.invalid(
          "operations", "'operations' must be a list of 1 to " + MAX_OPERATIONS + " objects.");
    }
    List<Operation> operations = new ArrayList<>(each.size());
    for (int i = 0; i < each.size(); i++) {
      operations.add(operation(each.get(i), "operations[" + i + "]"));
    }
    return operations;
  }

  /** Says in which operation a mistake is. */
  private static Operation operation(byte[] json, String place) {
    try {
      return operation(json);
    } catch (CallerProblem wrong) {
      throw new CallerProblem(
          wrong.status(),
          wrong.code(),
          place + ": " + wrong.getMessage(),
          wrong.param().map(member -> place + "." + member));
    }
  }

  /** The bytes of each element, as they were written. */
  private static List<byte[]> elements(byte[] json) {
    JsonMembers members = JsonMembers.of(json);
    int place = members.find("operations");
    JsonCursor cursor =
        new JsonCursor().over(json, members.valueStart(place), members.valueEnd(place));
    List<byte[]> elements = new ArrayList<>();
    cursor.enterArray();
    while (cursor.nextElement() && elements.size() <= MAX_OPERATIONS) {
      int from = cursor.offset();
      cursor.skip();
      elements.add(Arrays.copyOfRange(json, from, cursor.offset()));
    }
    return elements;
  }

  private static Operation operation(byte[] json) {
    RequestObject request = RequestObject.read(json, OF_OPERATION);
    MemoryPath path = new MemoryPath(text(request, "ns"), text(request, "key"));
    Optional<Precondition> precondition =
        request.given("if_version").map(JsonMemoryRequests::version);
    return switch (text(request, "op")) {
      case "get" -> new Operation.Get(path);
      case "put" ->
          new Operation.Put(path, value(json, request), precondition.orElse(Precondition.NONE));
      case "delete" -> new Operation.Delete(path, precondition.orElse(Precondition.NONE));
      default -> throw CallerProblem.invalid("op", "'op' must be one of delete, get, put.");
    };
  }

  private static Value value(byte[] json, RequestObject request) {
    if (request.given("object").isEmpty()) {
      throw CallerProblem.invalid("object", "'object', the value to store, is missing.");
    }
    JsonMembers members = JsonMembers.of(json);
    int place = members.find("object");
    return value(
        request, Arrays.copyOfRange(json, members.valueStart(place), members.valueEnd(place)));
  }

  private static Value value(RequestObject request, byte[] object) {
    if (object.length > MemoryChange.Put.MAX_BYTES) {
      throw MemoryProblems.tooLarge();
    }
    return new Value(
        object,
        request.member("ttl_seconds").map(JsonMemoryRequests::life),
        request.flag("cache").orElse(false),
        request.member("tags").map(JsonMemoryRequests::tags).orElse(List.of()));
  }

  private static String text(RequestObject request, String member) {
    return request
        .member(member)
        .map(value -> RequestObject.unloggedText(value, member, ANY, "must be a text"))
        .orElseThrow(
            () -> CallerProblem.invalid(member, "'" + member + "' of an operation is missing."));
  }

  /** A version, or null for an object that must not exist. */
  private static Precondition version(JsonNode value) {
    if (value.isNull()) {
      return new Precondition.Absent();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw CallerProblem.invalid(
          "if_version", "'if_version' must be a version, or null for an object that is new.");
    }
    return new Precondition.Version(Set.of(value.longValue()));
  }

  private static Duration life(JsonNode value) {
    double seconds = value.isNumber() ? value.doubleValue() : 0;
    if (!(seconds >= 0.001 && seconds <= MAX_TTL)) {
      throw CallerProblem.invalid(
          "ttl_seconds", "'ttl_seconds' must be a number of seconds, 0.001 to ten years.");
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static List<String> tags(JsonNode value) {
    Set<String> tags = new HashSet<>();
    if (value.isArray()) {
      value.forEach(
          tag ->
              tags.add(
                  MemoryPath.text(
                      RequestObject.text(tag, "tags", TAG, "must be texts of 1 to 64 characters"),
                      "tags")));
    }
    if (!value.isArray() || tags.size() != value.size() || tags.size() > MAX_TAGS) {
      throw CallerProblem.invalid(
          "tags", "'tags' must be a list of at most " + MAX_TAGS + " different texts.");
    }
    return tags.stream().sorted().toList();
  }
}
