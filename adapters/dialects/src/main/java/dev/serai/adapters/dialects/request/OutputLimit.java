package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.List;
import java.util.OptionalLong;

/** Finds the most tokens that a response may have, without parsing the request. Stateless. */
final class OutputLimit {
  private static final List<String> NAMES =
      List.of("max_tokens", "max_completion_tokens", "max_output_tokens");

  /** Objects of Gemini and Ollama with such a member. */
  private static final List<String> OBJECTS =
      List.of("generationConfig", "generation_config", "options");

  private static final List<String> INNER_NAMES =
      List.of("maxOutputTokens", "max_output_tokens", "num_predict");

  private static final String CHOICES = "n";

  private OutputLimit() {}

  /** The tokens of all choices together; empty if the request does not say. */
  static OptionalLong of(JsonMembers members) {
    OptionalLong each = among(members, NAMES);
    if (each.isPresent()) {
      long choices = among(members, List.of(CHOICES)).orElse(1);
      return OptionalLong.of(Math.min(each.getAsLong(), Integer.MAX_VALUE) * choices);
    }
    for (String name : OBJECTS) {
      int place = members.find(name);
      if (place >= 0 && members.kind(place) == '{') {
        return inside(members, place);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong inside(JsonMembers members, int place) {
    try {
      int from = members.valueStart(place);
      return among(JsonMembers.at(members.bytes(), from, members.valueEnd(place)), INNER_NAMES);
    } catch (MalformedInput e) {
      return OptionalLong.empty(); // refused when the object is read
    }
  }

  private static OptionalLong among(JsonMembers members, List<String> names) {
    for (String name : names) {
      int place = members.find(name);
      if (place >= 0 && members.kind(place) != 'n') {
        long count = members.count(place);
        return count > 0 && count <= Integer.MAX_VALUE
            ? OptionalLong.of(count)
            : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }
}
