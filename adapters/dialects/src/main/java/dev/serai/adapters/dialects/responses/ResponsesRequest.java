package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Responses request, the stored responses that it continues, and the progress of its response.
 *
 * @see RequestReader
 */
final class ResponsesRequest extends ParsedChatRequest implements ContinuingRequest {
  private final ResponseProgress progress = new ResponseProgress();
  private PreviousResponses previous = PreviousResponses.NOTHING;
  // Two threads may both create these; the values are equal and safely published.
  private @Nullable JsonNode tree;
  private @Nullable ToolMapping tools;
  private @Nullable InputSummary input;

  ResponsesRequest(JsonMembers members, String model, boolean streaming) {
    super(members, model, streaming);
  }

  /** What is known of the response so far. */
  ResponseProgress progress() {
    return progress;
  }

  /** The stored responses that it continues. */
  PreviousResponses previous() {
    return previous;
  }

  @Override
  public boolean hasReferences() {
    return PreviousResponses.wanted(this);
  }

  @Override
  public void load(StoredResponses stored) {
    previous = PreviousResponses.of(this, stored);
  }

  /** A response that is stored for later requests has an ID of its own. */
  @Override
  public Optional<String> digest() {
    return wantsStored() || hasReferences() ? Optional.empty() : super.digest();
  }

  @Override
  public Optional<String> storedBy() {
    return previous.before().flatMap(StoredResponseBytes::provider).filter(previous::isStoredBy);
  }

  @Override
  public Optional<StoredResponse> toStore() {
    return wantsStored() ? progress.toStore(this) : Optional.empty();
  }

  /** Whether the response is to be stored: unless {@code store} is false. */
  boolean wantsStored() {
    int place = members().find("store");
    return place < 0 || members().kind(place) != 'f';
  }

  /** A member that is a string. */
  Optional<String> text(String name) {
    int place = members().find(name);
    return place >= 0 && members().kind(place) == '"'
        ? Optional.of(members().text(place))
        : Optional.empty();
  }

  /** A member as JSON text; empty if it is absent or null. */
  Optional<String> json(String name) {
    int place = members().find(name);
    return place >= 0 && members().kind(place) != 'n'
        ? Optional.of(members().json(place))
        : Optional.empty();
  }

  /** The request as a tree. Must not be changed. */
  JsonNode tree() {
    JsonNode known = tree;
    if (known == null) {
      known = StrictJson.tree(members().bytes());
      tree = known;
    }
    return known;
  }

  /** What the input holds. */
  InputSummary input() {
    InputSummary known = input;
    if (known == null) {
      known = InputSummary.of(members());
      input = known;
    }
    return known;
  }

  /** The tools, mapped to functions for providers that have only those. */
  ToolMapping tools() {
    ToolMapping known = tools;
    if (known == null) {
      known = ToolMapping.of(this);
      tools = known;
    }
    return known;
  }

  @Override
  public DetailSupport detailSupport() {
    return DetailSupport.ALL;
  }

  @Override
  public String dialect() {
    return ResponsesDialect.NAME;
  }

  @Override
  protected Conversation parse() {
    return ConversationReader.read(this);
  }
}
