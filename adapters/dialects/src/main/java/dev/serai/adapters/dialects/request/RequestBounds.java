package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.request.ResponseBounds;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds what a request with its members at the top says about the size and the price of its
 * response. Stateless.
 */
final class RequestBounds {
  private static final List<String> MAX_TOKENS =
      List.of("max_completion_tokens", "max_tokens", "max_output_tokens");

  private RequestBounds() {}

  static ResponseBounds of(JsonMembers members) {
    int tier = members.find("service_tier");
    boolean named = tier >= 0 && members.kind(tier) == '"';
    long choices = Math.max(count(members, "n"), count(members, "best_of"));
    return new ResponseBounds(
        maxTokens(members), Math.max(1, choices), named ? members.text(tier) : "");
  }

  /**
   * The largest limit, since it depends on the provider which one counts; empty if one of them is
   * not a positive number that can be read: it may mean no limit.
   */
  private static OptionalLong maxTokens(JsonMembers members) {
    OptionalLong most = OptionalLong.empty();
    for (String name : MAX_TOKENS) {
      int place = members.find(name);
      if (place >= 0 && members.kind(place) != 'n') {
        long count = members.count(place);
        if (count <= 0) {
          return OptionalLong.empty();
        }
        most = OptionalLong.of(Math.max(count, most.orElse(0)));
      }
    }
    return most;
  }

  private static long count(JsonMembers members, String name) {
    int place = members.find(name);
    return place < 0 ? -1 : members.count(place);
  }
}
