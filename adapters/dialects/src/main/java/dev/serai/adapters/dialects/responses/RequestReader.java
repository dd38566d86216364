package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedRequest;
import dev.serai.adapters.dialects.request.RequestFlag;
import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.adapters.dialects.request.prompt.PromptMember;
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
    JsonMembers members =
        PromptMember.requireNone(JsonMembers.ofRequest(body, OpaqueStateCodec.markBytes()));
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
      throw PromptMember.withoutMessages(
          members, CallerProblem.invalid("input", "Missing required parameter: 'input'."));
    }
    if (kind != '"' && kind != '[') {
      throw RequestFields.wrong("input", "a string or an array of items");
    }
    if (kind == '[' && members.isEmpty(place) && !goesOn) {
      throw PromptMember.withoutMessages(
          members,
          CallerProblem.invalid(
              "input", "Invalid 'input': empty array. Expected at least one item."));
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
    if (isSet(members, "conversation") && !ParsedRequest.namesStoredConversation(members)) {
      throw CallerProblem.invalid(
          "conversation",
          "'conversation' must be the ID of a session of /v1/sessions: create one, use"
              + " 'previous_response_id' or send the whole input.");
    }
    if (isSet(members, "conversation") && isSet(members, "previous_response_id")) {
      throw CallerProblem.invalid(
          "conversation", "'conversation' and 'previous_response_id' exclude each other.");
    }
  }

  private static boolean isSet(JsonMembers members, String name) {
    int place = members.find(name);
    return place >= 0 && members.kind(place) != 'n';
  }
}
