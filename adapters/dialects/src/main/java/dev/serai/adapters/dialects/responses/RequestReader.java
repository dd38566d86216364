package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.RequestFlag;
import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * Reads a Responses request in one pass: the whole text is checked as JSON, and the members that
 * routing needs are checked for their type. Unknown members are accepted.
 */
final class RequestReader {

  private RequestReader() {}

  /**
   * Reads a request's body.
   *
   * @throws CallerProblem 400 that names the invalid parameter
   */
  static ResponsesRequest read(byte[] body) {
    JsonMembers members = JsonMembers.ofRequest(body, OpaqueStateCodec.markBytes());
    String model = name(members, "model").orElseThrow(RequestNames::noModel);
    requireInput(members);
    name(members, "previous_response_id");
    refuseElsewhere(members);
    RequestFlag.read(members, "store", "store");
    return new ResponsesRequest(members, model, RequestFlag.read(members, "stream", "stream"));
  }

  private static Optional<String> name(JsonMembers members, String param) {
    int place = members.find(param);
    if (place < 0 || members.kind(place) == 'n') {
      return Optional.empty();
    }
    if (members.kind(place) != '"') {
      throw RequestFields.wrong(param, "a string");
    }
    return Optional.of(RequestNames.valid(param, members.text(place)));
  }

  private static void requireInput(JsonMembers members) {
    int place = members.find("input");
    char kind = place < 0 ? 'n' : members.kind(place);
    boolean goesOn = isSet(members, "previous_response_id");
    if (kind == 'n' && (goesOn || isSet(members, "prompt"))) {
      return;
    }
    if (kind == 'n') {
      throw CallerProblem.invalid("input", "Missing required parameter: 'input'.");
    }
    if (kind != '"' && kind != '[') {
      throw RequestFields.wrong("input", "a string or an array of items");
    }
    if (kind == '[' && members.isEmpty(place) && !goesOn) {
      throw CallerProblem.invalid(
          "input", "Invalid 'input': empty array. Expected at least one item.");
    }
  }

  /** Refuses background responses and conversations, which this gateway does not offer. */
  private static void refuseElsewhere(JsonMembers members) {
    if (RequestFlag.read(members, "background", "background")) {
      throw CallerProblem.invalid(
          "background",
          "Background responses are not supported: send the request without 'background', with"
              + " 'stream' if the response takes long.");
    }
    if (isSet(members, "conversation")) {
      throw CallerProblem.invalid(
          "conversation",
          "Conversations are not supported: use 'previous_response_id' or send the whole input.");
    }
  }

  private static boolean isSet(JsonMembers members, String name) {
    int place = members.find(name);
    return place >= 0 && members.kind(place) != 'n';
  }
}
