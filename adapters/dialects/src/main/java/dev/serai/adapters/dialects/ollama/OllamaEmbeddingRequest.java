package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.EmbeddingRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A request for embeddings of an Ollama client, in the newer or the older of its two forms. */
final class OllamaEmbeddingRequest extends ParsedRequest implements EmbeddingRequest {
  private static final int MAX_INPUTS = 4096;
  private static final Set<String> KNOWN = Set.of("model", "input", "prompt", "dimensions");

  private final boolean older;
  private final Instant arrived;

  /**
   * @param older whether it has one {@code prompt} and wants one {@code embedding}
   */
  OllamaEmbeddingRequest(JsonMembers members, boolean older, Instant arrived) {
    super(members, OllamaRequest.model(members));
    this.older = older;
    this.arrived = arrived;
  }

  boolean older() {
    return older;
  }

  Instant arrived() {
    return arrived;
  }

  @Override
  public String dialect() {
    return OllamaDialect.NAME;
  }

  @Override
  public List<Input> inputs() {
    String name = older ? "prompt" : "input";
    int place = members().find(name);
    if (place >= 0 && members().kind(place) == '"') {
      return List.of(new Text(members().text(place)));
    }
    if (place < 0 || older || members().kind(place) != '[' || members().isEmpty(place)) {
      throw wrong(name);
    }
    JsonCursor cursor =
        new JsonCursor().over(bytes(), members().valueStart(place), members().valueEnd(place));
    List<Input> inputs = new ArrayList<>();
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (cursor.peek() != '"' || inputs.size() == MAX_INPUTS) {
        throw wrong(name);
      }
      inputs.add(new Text(cursor.text()));
    }
    return inputs;
  }

  private static CallerProblem wrong(String name) {
    return CallerProblem.invalid(
        name, "invalid " + name + ": expected a text, or 1 to " + MAX_INPUTS + " texts");
  }

  @Override
  public OptionalInt dimensions() {
    int place = members().find("dimensions");
    long count = place < 0 ? 0 : members().count(place);
    return count > 0 && count <= Integer.MAX_VALUE
        ? OptionalInt.of((int) count)
        : OptionalInt.empty();
  }

  @Override
  public Map<String, String> unknown() {
    return membersBut(KNOWN);
  }
}
