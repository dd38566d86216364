package dev.serai.processors.fanout;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.fanout.JsonComparison;
import dev.serai.core.fanout.JsonComparison.Merged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Merges responses by their weights. JSON objects become one object if they have more than half of
 * the weight; else one response is chosen that those with the most weight agree with. Not
 * thread-safe.
 */
final class MergedResponses {
  private final JsonComparison json;
  private final ResponseGroups groups = new ResponseGroups();
  private final List<Weighed> objects = new ArrayList<>();
  private int responses;

  private record Weighed(int place, ChatResponse response, String object, int weight) {}

  /**
   * What is made of them.
   *
   * @param chosen the place of the response that is chosen, or whose object has the most weight
   * @param response that replaces it; empty if it stays as it is
   * @param agreement from 0 to 1
   */
  record Result(int chosen, Optional<ChatResponse> response, double agreement) {}

  MergedResponses(JsonComparison json) {
    this.json = json;
  }

  /**
   * Adds the next response.
   *
   * @param read empty if it cannot be read; it counts as one without content
   */
  void add(Optional<ChatResponse> read, int weight) {
    ComparedResponse compared =
        read.map(response -> ComparedResponse.of(response, json::form))
            .orElse(ComparedResponse.NONE);
    groups.add(compared, weight);
    if (compared.kind() == ComparedResponse.Kind.JSON) {
      ChatResponse response = read.orElseThrow();
      String text = response.choices().getFirst().text().orElse("").strip();
      String object = ComparedResponse.unfenced(text).strip();
      if (object.startsWith("{") && response.choices().size() == 1) {
        objects.add(new Weighed(responses, response, object, weight));
      }
    }
    responses++;
  }

  /** What is made of those that were added, of which there must be one. */
  Result result() {
    long weight = objects.stream().mapToLong(Weighed::weight).sum();
    if (objects.size() < 2 || 2 * weight <= groups.total()) {
      return new Result(groups.representative(), Optional.empty(), groups.agreement());
    }
    Merged merged =
        json.merge(
            objects.stream().map(Weighed::object).toList(),
            objects.stream().map(Weighed::weight).toList());
    Weighed base = objects.getFirst();
    for (Weighed object : objects) {
      if (object.weight() > base.weight()) {
        base = object;
      }
    }
    return new Result(
        base.place(), Optional.of(with(base.response(), merged.json())), merged.agreement());
  }

  /** The reasoning and the citations of one response do not belong to what is merged of several. */
  private static ChatResponse with(ChatResponse response, String text) {
    Choice only = response.choices().getFirst();
    Choice merged =
        new Choice(only.index(), List.of(new TextPart(text)), Optional.empty(), only.finish());
    return new ChatResponse(
        response.id(),
        response.model(),
        response.createdSeconds(),
        List.of(merged),
        response.usage(),
        response.dropped());
  }
}
