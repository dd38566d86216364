package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.request.RequestFlag;
import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.adapters.dialects.request.prompt.PromptMember;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.problem.CallerProblem;

/**
 * Reads a chat completion request in one pass: the whole text is checked as JSON, and the members
 * that routing needs are checked for their type. The messages are not read, and unknown members are
 * accepted.
 */
final class RequestReader {

  private RequestReader() {}

  /**
   * Reads a request's body.
   *
   * @throws CallerProblem 400 that names the invalid parameter
   */
  static OpenAiRequest read(byte[] body) {
    JsonMembers members = PromptMember.requireNone(members(body));
    requireMessages(members);
    return checked(members);
  }

  /**
   * Reads a request of the older completions API; its prompt may be absent.
   *
   * @throws CallerProblem 400 that names the invalid parameter
   */
  static CompletionRequest readCompletion(byte[] body) {
    return new CompletionRequest(checked(PromptMember.requireNone(members(body))));
  }

  private static JsonMembers members(byte[] body) {
    return JsonMembers.ofRequest(body, OpaqueStateCodec.markBytes());
  }

  private static OpenAiRequest checked(JsonMembers members) {
    String model = model(members);
    requireCount(members, "n");
    boolean streaming = RequestFlag.read(members, "stream", "stream");
    return new OpenAiRequest(members, model, streaming, wantsUsage(members));
  }

  private static String model(JsonMembers members) {
    int place = members.find("model");
    if (place < 0) {
      throw RequestNames.noModel();
    }
    if (members.kind(place) != '"') {
      throw RequestFields.wrong("model", "a string");
    }
    return RequestNames.valid("model", members.text(place));
  }

  private static void requireMessages(JsonMembers members) {
    int place = members.find("messages");
    if (place < 0) {
      throw without(members, "Missing required parameter: 'messages'.");
    }
    if (members.kind(place) != '[') {
      throw RequestFields.wrong("messages", "an array of messages");
    }
    if (members.isEmpty(place)) {
      throw without(members, "Invalid 'messages': empty array. Expected at least one message.");
    }
  }

  private static RuntimeException without(JsonMembers members, String why) {
    return PromptMember.withoutMessages(members, CallerProblem.invalid("messages", why));
  }

  private static void requireCount(JsonMembers members, String name) {
    int place = members.find(name);
    if (place < 0 || members.kind(place) == 'n') {
      return;
    }
    long count = members.count(place);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw RequestFields.wrong(name, "a whole number above 0");
    }
  }

  private static boolean wantsUsage(JsonMembers members) {
    int place = members.find("stream_options");
    if (place < 0 || members.kind(place) == 'n') {
      return false;
    }
    if (members.kind(place) != '{') {
      throw RequestFields.wrong("stream_options", "an object");
    }
    JsonMembers options;
    try {
      options = JsonMembers.at(members.bytes(), members.valueStart(place), members.valueEnd(place));
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(
          "stream_options", "Invalid 'stream_options': " + e.getMessage() + ".");
    }
    return RequestFlag.read(options, "include_usage", "stream_options.include_usage");
  }
}
