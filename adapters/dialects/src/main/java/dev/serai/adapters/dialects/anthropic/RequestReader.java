package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.anthropic.AnthropicRequest.Terms;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.prompt.PromptMember;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ModelRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a client's request for a message. One walk validates the body as JSON and checks the types
 * of the members that routing needs. The conversation is not read yet ({@link
 * RequestConversationReader} does it on demand), and unknown members are accepted.
 */
final class RequestReader {
  private static final Terms NO_TERMS = new Terms("", List.of(), false, false);

  private RequestReader() {}

  /**
   * Reads a request.
   *
   * @throws CallerProblem 400 with the name of the invalid parameter
   */
  static AnthropicRequest read(InboundRequest inbound) {
    return read(inbound.body(), terms(inbound));
  }

  /**
   * Reads a body without header fields and query.
   *
   * @throws CallerProblem 400 with the name of the invalid parameter
   */
  static AnthropicRequest read(byte[] body) {
    return read(body, NO_TERMS);
  }

  /**
   * Reads a body.
   *
   * @throws CallerProblem 400 with the name of the invalid parameter
   */
  static AnthropicRequest read(byte[] body, Terms terms) {
    JsonMembers members =
        PromptMember.requireNone(JsonMembers.ofRequest(body, OpaqueStateCodec.markBytes()));
    String model = model(members);
    requireMessages(members);
    if (!terms.counting()) {
      requireLimit(members);
    }
    return new AnthropicRequest(members, model, !terms.counting() && streaming(members), terms);
  }

  private static Terms terms(InboundRequest inbound) {
    Headers headers = inbound.headers();
    List<String> betas = new ArrayList<>(1);
    headers.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("anthropic-beta")) {
            betas.add(value);
          }
        });
    return new Terms(
        headers.first("anthropic-version").orElse(""),
        betas,
        inbound.query().equals("beta=true"),
        inbound.path().endsWith("/count_tokens"));
  }

  private static String model(JsonMembers members) {
    int place = members.find("model");
    if (place < 0) {
      throw required("model");
    }
    if (members.kind(place) != '"') {
      throw CallerProblem.invalid("model", "model: Input should be a valid string");
    }
    String model = members.text(place);
    if (!ModelRequest.isValidName(model)) {
      throw CallerProblem.invalid("model", "model: " + ModelRequest.nameRule(model));
    }
    return model;
  }

  private static void requireMessages(JsonMembers members) {
    int place = members.find("messages");
    if (place < 0) {
      throw PromptMember.withoutMessages(members, required("messages"));
    }
    if (members.kind(place) != '[') {
      throw CallerProblem.invalid("messages", "messages: Input should be a valid list");
    }
    if (members.isEmpty(place)) {
      throw PromptMember.withoutMessages(
          members, CallerProblem.invalid("messages", "messages: at least one message is required"));
    }
  }

  private static void requireLimit(JsonMembers members) {
    int place = members.find("max_tokens");
    if (place < 0) {
      throw required("max_tokens");
    }
    long limit = members.count(place);
    if (limit < 0 || limit > Integer.MAX_VALUE) {
      throw CallerProblem.invalid("max_tokens", "max_tokens: Input should be a valid integer");
    }
  }

  private static boolean streaming(JsonMembers members) {
    int place = members.find("stream");
    if (place < 0) {
      return false;
    }
    return switch (members.kind(place)) {
      case 't' -> true;
      case 'f', 'n' -> false;
      default -> throw CallerProblem.invalid("stream", "stream: Input should be a valid boolean");
    };
  }

  private static CallerProblem required(String name) {
    return CallerProblem.invalid(name, name + ": Field required");
  }
}
