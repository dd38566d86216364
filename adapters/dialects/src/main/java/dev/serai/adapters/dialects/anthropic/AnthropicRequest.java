package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import java.util.List;

/**
 * A request for a message, and what of its header and query is the provider's business.
 *
 * @see RequestReader
 */
final class AnthropicRequest extends ParsedChatRequest {
  private final Terms terms;

  /**
   * What the caller says beside the body.
   *
   * @param version of the API, empty if he names none
   * @param betas fields of {@code anthropic-beta} as they came
   * @param beta whether he called the path of the API's beta
   * @param counting whether only the request's tokens are to be counted
   */
  record Terms(String version, List<String> betas, boolean beta, boolean counting) {
    Terms {
      betas = List.copyOf(betas);
    }
  }

  AnthropicRequest(JsonMembers members, String model, boolean streaming, Terms terms) {
    super(members, model, streaming);
    this.terms = terms;
  }

  Terms terms() {
    return terms;
  }

  @Override
  public String dialect() {
    return AnthropicDialect.NAME;
  }

  @Override
  protected Conversation parse() {
    return RequestConversationReader.read(members());
  }
}
