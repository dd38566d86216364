package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for a response, what it goes on from, and what is known of the answer to it.
 *
 * @see RequestReader
 */
final class ResponsesRequest extends ParsedChatRequest implements ContinuingRequest {
  private final AnswerNotes notes = new AnswerNotes();
  private Recalled recalled = Recalled.NOTHING;
  // Two threads may both make these; they get equal values, which are published safely.
  private @Nullable JsonNode tree;
  private @Nullable ToolNames tools;
  private @Nullable InputWalk input;

  ResponsesRequest(JsonMembers members, String model, boolean streaming) {
    super(members, model, streaming);
  }

  /** What is known of the answer so far. */
  AnswerNotes notes() {
    return notes;
  }

  /** What it goes on from. */
  Recalled recalled() {
    return recalled;
  }

  @Override
  public boolean hasReferences() {
    return Recalled.wanted(this);
  }

  @Override
  public void load(StoredResponses kept) {
    recalled = Recalled.of(this, kept);
  }

  @Override
  public Optional<String> storedBy() {
    return recalled.before().flatMap(KeptAnswer::provider).filter(recalled::isKeptBy);
  }

  @Override
  public Optional<StoredResponse> toStore() {
    return wantsKeeping() ? notes.kept(this) : Optional.empty();
  }

  /** Whether the caller says nothing against it. */
  boolean wantsKeeping() {
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

  /** The request as a tree. Not to be changed. */
  JsonNode tree() {
    JsonNode known = tree;
    if (known == null) {
      known = StrictJson.tree(members().bytes());
      tree = known;
    }
    return known;
  }

  /** What the input holds. */
  InputWalk input() {
    InputWalk known = input;
    if (known == null) {
      known = InputWalk.of(members());
      input = known;
    }
    return known;
  }

  /** The tools as they are called here and at providers that know only functions. */
  ToolNames tools() {
    ToolNames known = tools;
    if (known == null) {
      known = ToolNames.of(this);
      tools = known;
    }
    return known;
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
