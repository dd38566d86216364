package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import java.util.List;

/**
 * A client's request for a message, with the header fields and the query that the provider needs.
 *
 * @see RequestReader
 */
final class AnthropicRequest extends ParsedChatRequest {
  private final Terms terms;

  /**
   * The parts of the request outside its body.
   *
   * @param version of the API, empty if the client sent none
   * @param betas the values of {@code anthropic-beta}, unchanged
   * @param beta whether the query selects the beta API
   * @param counting whether the client only wants the request's tokens counted
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
  public boolean isTokenCount() {
    return terms.counting();
  }

  @Override
  public boolean takesCitations() {
    return true;
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
