package dev.serai.adapters.anthropic;

import dev.serai.adapters.json.JsonMembers;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.chat.Conversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a message: the caller's bytes, where their members are, and what of his header and
 * query is the provider's business.
 *
 * @see RequestReader
 */
final class AnthropicRequest implements ChatRequest {
  private final JsonMembers members;
  private final String model;
  private final boolean streaming;
  private final Terms terms;
  // Two threads may both parse it; they get equal values, and records are published safely.
  private @Nullable Conversation conversation;

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
    this.members = members;
    this.model = model;
    this.streaming = streaming;
    this.terms = terms;
  }

  JsonMembers members() {
    return members;
  }

  Terms terms() {
    return terms;
  }

  @Override
  public String dialect() {
    return Anthropic.NAME;
  }

  @Override
  public byte[] bytes() {
    return members.bytes();
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public boolean streaming() {
    return streaming;
  }

  /** Always told: the grammar has a place for it. */
  @Override
  public boolean wantsUsage() {
    return true;
  }

  @Override
  public Conversation conversation() {
    Conversation known = conversation;
    if (known == null) {
      known = ConversationReader.read(members);
      conversation = known;
    }
    return known;
  }

  /** Without the bytes: they may hold anything. */
  @Override
  public String toString() {
    return "message by " + model + " (" + members.bytes().length + " bytes)";
  }
}
