package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a case of {@code translation/} expects. Places are JSON pointers. A value is compared as
 * JSON; a text may also be a rule:
 *
 * <pre>
 * ~REGEX            the text matches
 * (absent)          there is nothing
 * (same as PLACE)   it equals the value there
 * (unlike PLACE)    it differs from the value there
 * </pre>
 */
record TranslationCase(JsonNode json) {
  private static final Pattern RULE = Pattern.compile("\\((same as|unlike) (.*)\\)");

  String name() {
    return json.path("name").asText();
  }

  /** Whether what the provider received is as expected. */
  void checkSent(JsonNode sent) {
    check(sent, json.path("sent"));
    json.path("sentLacks")
        .forEach(text -> assertThat(sent.toString()).doesNotContain(text.asText()));
  }

  /** Whether what the client received is as expected. */
  void checkReply(String path, Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(json.path("status").asInt(200));
    if (json.has("reply")) {
      check(reply.json(), json.path("reply"));
    }
    if (json.has("text")) {
      assertThat(text(path, reply)).as(reply.body()).isEqualTo(json.path("text").asText());
    }
    json.path("contains").forEach(text -> assertThat(reply.body()).contains(text.asText()));
    json.path("lacks").forEach(text -> assertThat(reply.body()).doesNotContain(text.asText()));
    String dropped = reply.header("x-serai-dropped");
    json.path("dropped").forEach(name -> assertThat(dropped.split(", ")).contains(name.asText()));
    if (json.path("dropped").isEmpty() && json.has("dropped")) {
      assertThat(dropped).isEmpty();
    }
  }

  private static void check(JsonNode all, JsonNode expected) {
    expected
        .properties()
        .forEach(place -> check(all, place.getKey(), place.getValue(), all.at(place.getKey())));
  }

  private static void check(JsonNode all, String place, JsonNode expected, JsonNode actual) {
    String what = place + " of " + all;
    String rule = expected.isTextual() ? expected.asText() : "";
    Matcher relation = RULE.matcher(rule);
    if (rule.equals("(absent)")) {
      assertThat(actual.isMissingNode()).as(what).isTrue();
    } else if (rule.startsWith("~")) {
      assertThat(actual.asText()).as(what).matches(rule.substring(1));
    } else if (relation.matches()) {
      assertThat(actual.isMissingNode()).as(what).isFalse();
      JsonNode other = all.at(relation.group(2));
      assertThat(actual.equals(other)).as(what).isEqualTo(relation.group(1).equals("same as"));
    } else {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }

  /** The text that a client hears, streamed or not. */
  private static String text(String path, Caller.Reply reply) {
    StringBuilder text = new StringBuilder();
    for (JsonNode event : events(reply)) {
      for (String place : places(path)) {
        text.append(event.at(place).asText(""));
      }
    }
    return text.toString();
  }

  private static List<JsonNode> events(Caller.Reply reply) {
    List<JsonNode> events = new ArrayList<>();
    for (String line : reply.body().split("\n")) {
      String data = line.startsWith("data: ") ? line.substring(6) : line;
      if (data.startsWith("{")) {
        events.add(Caller.parse(data.strip()));
      }
    }
    return events;
  }

  private static List<String> places(String path) {
    return switch (path) {
      case "/v1/messages" -> List.of("/delta/text", "/content/0/text");
      case "/v1/responses" -> List.of("/delta", "/output/0/content/0/text");
      case "/api/chat" -> List.of("/message/content");
      case "/v1/chat/completions" ->
          List.of("/choices/0/delta/content", "/choices/0/message/content");
      default -> List.of("/candidates/0/content/parts/0/text");
    };
  }
}
