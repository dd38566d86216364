package dev.serai.gateway.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.routing.Strategy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws chat requests of every kind: each model name, kind of work, content, label, criterion and
 * strategy, from callers that may use different models.
 */
final class RandomRequests {
  private static final List<String> MODELS =
      List.of(
          "weighted",
          "levels",
          "turns",
          "cheapest",
          "fastest",
          "loaded",
          "matching",
          "smart",
          "smart",
          "smart",
          "greedy",
          "greedy",
          "single",
          "m",
          "a/m");

  private static final List<String> QUESTIONS =
      List.of(
          "Write a Python function that merges two sorted lists.",
          "Summarise this report in three sentences.",
          "Extract the dates and the amounts from the invoice.",
          "Is this review positive or negative?",
          "Wie wird das Wetter morgen in Berlin?",
          "Translate 'good morning' to French.",
          "A train leaves at noon at 80 km/h. When has it gone 200 km?",
          "Hello");

  private static final List<String> CRITERIA =
      List.of(
          "'requires_vision': true",
          "'requires_functions': true",
          "'region': 'eu'",
          "'region': ['us', 'eu-west-1']",
          "'max_cost_per_token': 0.000004",
          "'max_latency_ms': 400",
          "'min_context_length': 30000",
          "'prefer_cheap': true",
          "'prefer_fast': true, 'prefer_reliable': true",
          "'task_complexity': 8",
          "'quality_target': 'high'",
          "'quality_target': 'balanced', 'strategy': 'bandit'",
          "'quality_target': 'fast', 'strategy': 'priority'",
          "'max_cost_usd': 0.002",
          "'latency_slo_ms': 700");

  private static final List<AllowList> ALLOWED =
      List.of(
          AllowList.ALL,
          AllowList.ALL,
          AllowList.ALL,
          new AllowList(List.of("a/*", "c/*")),
          new AllowList(List.of("smart", "turns", "b/*")),
          new AllowList(List.of("d/m")));

  private static final String TOOL =
      ", 'tools': [{'type': 'function', 'function': {'name': 'find', 'parameters': {'type':"
          + " 'object'}}}]";
  private static final String IMAGE =
      "[{'type': 'text', 'text': '%s'}, {'type': 'image_url', 'image_url': {'url':"
          + " 'data:image/png;base64,iVBORw0KGgo='}}]";
  private static final String JSON = ", 'response_format': {'type': 'json_object'}";

  private final RandomGenerator random;

  RandomRequests(RandomGenerator random) {
    this.random = random;
  }

  /** A request, and who makes it. */
  record Asked(Caller caller, String body, HeaderFields headers) {
    /** The body without the text that only makes it long, and the headers. */
    String shown() {
      return body.replaceAll("You are helper (.)\\. (You are.*?\\. )+", "Long prompt $1.")
          + headers;
    }

    InboundRequest to(String path) {
      return new InboundRequest("POST", path, "", headers, body.getBytes(UTF_8));
    }
  }

  Asked next() {
    List<String> criteria = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      if (oneOf(3)) {
        criteria.add(any(CRITERIA));
      }
    }
    // A member that comes twice is malformed, and both kinds of quality target have the same one.
    String routing =
        criteria.size() == 2 && key(criteria.getFirst()).equals(key(criteria.getLast()))
            ? criteria.getFirst()
            : String.join(", ", criteria);
    String body =
        "{'model': '%s', 'messages': [%s]%s%s%s%s}"
            .formatted(
                any(MODELS),
                messages(),
                oneOf(6) ? TOOL : "",
                oneOf(6) ? JSON : "",
                oneOf(4) ? ", 'max_tokens': " + (1 + random.nextInt(2_000)) : "",
                routing.isEmpty() ? "" : ", 'serai': {'routing': {" + routing + "}}");
    return new Asked(caller(), body.replace('\'', '"'), headers());
  }

  private static String key(String criterion) {
    return criterion.substring(0, criterion.indexOf(':'));
  }

  private String messages() {
    String question = any(QUESTIONS).replace('\'', ' ');
    String content = oneOf(6) ? IMAGE.formatted(question) : "'" + question + "'";
    String system = oneOf(5) ? "{'role': 'system', 'content': '" + longPrompt() + "'}, " : "";
    return system + "{'role': 'user', 'content': " + content + "}";
  }

  /** Long enough for a provider's cache; there are three of them. */
  private String longPrompt() {
    return ("You are helper " + random.nextInt(3) + ". ").repeat(300);
  }

  private Caller caller() {
    String tenant = any(List.of("shop", "shop", "shop", "shop", "frugal", "quick"));
    return Caller.of(
        new Identity(
            tenant,
            "",
            "",
            "key-" + tenant,
            EnumSet.allOf(dev.serai.core.caller.Permission.class),
            any(ALLOWED),
            AllowList.ALL,
            Set.of()));
  }

  private HeaderFields headers() {
    HeaderFields fields = new HeaderFields();
    if (oneOf(4)) {
      fields.add("x-serai-strategy", any(List.of(Strategy.values())).label());
    }
    if (oneOf(4)) {
      fields.add("x-serai-session", "s" + random.nextInt(8));
    }
    if (oneOf(6)) {
      fields.add("x-serai-task-type", any(List.of("code", "json", "reasoning", "unknown")));
    }
    if (oneOf(6)) {
      fields.add("x-serai-tags", "nightly,eu");
    }
    return fields;
  }

  private boolean oneOf(int n) {
    return random.nextInt(n) == 0;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
