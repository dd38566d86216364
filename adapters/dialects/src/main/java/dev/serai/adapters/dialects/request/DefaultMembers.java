package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.model.DefaultParameters;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds parameters to the body of a request that does not set them, under the names of its API. Of
 * several names of a parameter any one sets it, and the first one is written. Immutable.
 *
 * @param object the names of the object that has the parameters; none if they are at the top
 */
public record DefaultMembers(
    List<String> object,
    List<String> temperature,
    List<String> topP,
    List<String> maxTokens,
    List<String> seed) {

  /** The body with the parameters that it does not set; the same body if there are none. */
  public byte[] added(byte[] body, DefaultParameters defaults) {
    JsonMembers request;
    try {
      request = JsonMembers.of(body);
    } catch (MalformedInput e) {
      return body; // the reader of the request reports it
    }
    if (request.size() == 0) {
      return body;
    }
    return object.isEmpty() ? atTop(request, defaults) : inObject(request, defaults);
  }

  private byte[] atTop(JsonMembers request, DefaultParameters defaults) {
    return before(request, missing(request, defaults));
  }

  private byte[] inObject(JsonMembers request, DefaultParameters defaults) {
    int place = place(request, object);
    if (place < 0) {
      String members = text(given(defaults));
      String whole = members.isEmpty() ? "" : '"' + object.getFirst() + "\":{" + members + "}";
      return before(request, whole);
    }
    if (request.kind(place) != '{') {
      return request.bytes();
    }
    JsonMembers inner =
        JsonMembers.at(request.bytes(), request.valueStart(place), request.valueEnd(place));
    return inner.size() == 0
        ? inserted(request, request.valueStart(place) + 1, text(given(defaults)))
        : before(inner, missing(inner, defaults));
  }

  /** The body with members before the first one of that object. */
  private static byte[] before(JsonMembers object, String members) {
    return inserted(object, object.memberStart(0), members.isEmpty() ? "" : members + ",");
  }

  private static byte[] inserted(JsonMembers object, int at, String text) {
    return text.isEmpty()
        ? object.bytes()
        : new JsonSplice(object.bytes()).insert(at, text.getBytes(StandardCharsets.UTF_8)).apply();
  }

  private String missing(JsonMembers members, DefaultParameters defaults) {
    Map<List<String>, String> missing = given(defaults);
    missing.keySet().removeIf(names -> place(members, names) >= 0);
    return text(missing);
  }

  /** The values that are set and that the API has a name for. */
  private Map<List<String>, String> given(DefaultParameters defaults) {
    Map<List<String>, String> given = new LinkedHashMap<>();
    put(given, temperature, defaults.temperature().map(String::valueOf));
    put(given, topP, defaults.topP().map(String::valueOf));
    put(given, maxTokens, defaults.maxTokens().map(String::valueOf));
    put(given, seed, defaults.seed().map(String::valueOf));
    return given;
  }

  private static void put(
      Map<List<String>, String> given, List<String> names, Optional<String> value) {
    if (!names.isEmpty()) {
      value.ifPresent(text -> given.put(names, text));
    }
  }

  private static int place(JsonMembers members, List<String> names) {
    for (String name : names) {
      int place = members.find(name);
      if (place >= 0) {
        return place;
      }
    }
    return -1;
  }

  private static String text(Map<List<String>, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (names, value) ->
            text.append(text.isEmpty() ? "" : ",")
                .append('"')
                .append(names.getFirst())
                .append("\":")
                .append(value));
    return text.toString();
  }
}
